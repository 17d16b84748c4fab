#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
Builds, tests and packs FanOut: a front door to dotnet.
.DESCRIPTION
Does the tasks in the order in which they are given, and ends at the first that fails, with an exit code other than 0. Each is a command or two that can
be typed as well: -WhatIf shows them. Needs the .NET SDK of global.json. Without a PowerShell of its own a machine has one after 'dotnet tool restore':
'dotnet pwsh build.ps1'.
.PARAMETER Task
What to do; without it: Build.
Clean: removes what builds make (artifacts, bin, the cmdlets' help).
Build: builds everything, with all analyzers, and lays the module into this folder.
Test: builds and runs all tests of 'dotnet test'; those that need what this machine lacks are skipped.
Pester: runs tests/*.Tests.ps1 in the pinned PowerShell, with each pinned version of Pester.
Publish: makes the function's packages in bin/function: the portable one, and those for x64 and arm64 where this machine can link them.
Package: lays the module as it is installed into artifacts/module/FanOut/<version>, with those of the function's packages that are not older than their sources,
and packs it for the PowerShell Gallery into artifacts/package.
Quickstart: runs docs/quickstart.ps1, which needs no AWS account.
.EXAMPLE
./build.ps1
Builds everything.
.EXAMPLE
./build.ps1 -Task Clean, Build, Test
Builds everything anew and tests it.
.EXAMPLE
./build.ps1 -Task Publish, Package
The module as a package, with the function for both processors where this machine has their linkers.
.EXAMPLE
dotnet tool restore; dotnet pwsh build.ps1 -Task Package
The same front door where no PowerShell is installed.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ArgumentCompletions('Clean', 'Build', 'Test', 'Pester', 'Publish', 'Package', 'Quickstart')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

# The error of this script as a whole: one line, without the code that found it.
function Stop-Build([string] $Message) {
    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($Message), 'BuildFailed', 'InvalidOperation', $null))
}

function Invoke-DotNet([string] $Arguments) {
    if (-not $PSCmdlet.ShouldProcess($PSScriptRoot, "dotnet $Arguments")) { return }
    & dotnet $Arguments.Split(' ')
    if ($LASTEXITCODE) { Stop-Build "'dotnet $Arguments' ended with exit code $LASTEXITCODE." }
}

$tasks = [ordered]@{
    Clean      = { Remove-Item -Path artifacts, bin, en-US/FanOut.dll-Help.xml -Recurse -Force -ErrorAction Ignore }
    Build      = { Invoke-DotNet 'build FanOut.slnx' }
    Test       = { Invoke-DotNet 'test FanOut.slnx' }
    Pester     = {
        Invoke-DotNet 'tool restore'
        Invoke-DotNet 'build tests/FanOut.Pester'
        Get-ChildItem -Path artifacts/modules/Pester | ForEach-Object { Invoke-DotNet "pwsh -NoProfile -File tests/Pester.ps1 -Version $($_.Name)" }
    }
    Publish    = { Invoke-DotNet 'build src/FanOut.Module -c Release -t:PublishFunction' }
    Package    = { Invoke-DotNet 'pack src/FanOut.Module' }
    Quickstart = { Invoke-DotNet 'run --project src/FanOut.Quickstart' }
}

# 'pwsh -File build.ps1 -Task Clean,Build' hands over one text.
$names = $Task.Split(',', [StringSplitOptions]'TrimEntries, RemoveEmptyEntries')
$unknown = $names | Where-Object { -not $tasks.Contains($_) }
if ($unknown) { Stop-Build "There is no task '$($unknown -join "', '")': there are $($tasks.Keys -join ', ')." }

Push-Location -Path $PSScriptRoot
try { foreach ($name in $names) { & $tasks[$name] } }
finally { Pop-Location }
