#!/usr/bin/env pwsh

<#
.SYNOPSIS
Runs tests/*.Tests.ps1 with one version of Pester.
.DESCRIPTION
Needs 'dotnet build' once, which lays the module, what the tests load, and Pester itself into artifacts/modules. Writes the results as JUnit XML to
artifacts/pester/<version>.xml, and a last line as 'dotnet test' writes it. The exit code is 0 when every test passed.
.PARAMETER Version
The version of Pester; without it, the newest of those that the build laid.
.PARAMETER Path
Files of tests; without it, all of them.
.PARAMETER Module
An installed module to test instead of the one that the build has laid: its folder, or the one that holds the folder of its version. Tests of the build are left out.
.EXAMPLE
dotnet pwsh tests/Pester.ps1 -Path tests/Get-FanOutTarget.Tests.ps1
#>
[CmdletBinding()]
param(
    [version] $Version,
    [string[]] $Path = $PSScriptRoot,
    [string] $Module
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
$artifacts = Join-Path $PSScriptRoot .. artifacts
$modules = Join-Path $artifacts modules

if (-not $Version) {
    $Version = Get-ChildItem -Path (Join-Path $modules Pester) -ErrorAction Ignore | ForEach-Object { [version]$_.Name } | Sort-Object | Select-Object -Last 1
}
if (-not $Version -or -not (Test-Path (Join-Path $modules Pester $Version))) { throw "Pester $Version is not in ${modules}: run 'dotnet build' first." }

$excluded = @()
if ($Module) {
    $found = Get-ChildItem -Path $Module -Filter FanOut.psd1 -Recurse -Depth 1 | Select-Object -First 1
    if (-not $found) { throw "There is no module FanOut in ${Module}: run './build.ps1 -Task TestPackage', which installs it." }
    $env:FANOUT_MODULE = $found.DirectoryName
    $excluded = 'Build', 'FanOut.Package' | ForEach-Object { Join-Path $PSScriptRoot "$_.Tests.ps1" }
}

$env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
Import-Module Pester -RequiredVersion $Version
$run = Invoke-Pester -Configuration (New-PesterConfiguration -Hashtable @{
        Run        = @{ Path = $Path; ExcludePath = $excluded; PassThru = $true }
        TestResult = @{ Enabled = $true; OutputFormat = 'JUnitXml'; OutputPath = [IO.Path]::GetFullPath((Join-Path $artifacts pester "$Version.xml")) }
        Output     = @{ Verbosity = 'Normal'; CIFormat = 'None'; RenderMode = 'Plaintext' }
    })

$passed = $run.Result -eq 'Passed' -and $run.PassedCount
"$($passed ? 'Passed' : 'Failed')!  - Failed: $($run.FailedCount), Passed: $($run.PassedCount), Skipped: $($run.SkippedCount), Total: $($run.TotalCount) - Pester $Version"
exit ($passed ? 0 : 1)
