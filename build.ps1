#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
Builds, tests, packs and releases FanOut: a front door to dotnet.
.DESCRIPTION
Does the tasks in the order in which they are given, and ends at the first that fails, with an exit code other than 0. Each is a command or two that can
be typed as well: -WhatIf shows them. Needs the .NET SDK of global.json. Without a PowerShell of its own a machine has one after 'dotnet tool restore':
'dotnet pwsh build.ps1'. The workflows of GitHub and Azure DevOps do nothing but these tasks.
.PARAMETER Task
What to do; without it: Build.
Clean: removes what builds make (artifacts, bin, the cmdlets' help).
Build: builds everything, with all analyzers, and lays the module into this folder.
Test: builds and runs all tests of 'dotnet test'; those that need what this machine lacks are skipped.
Pester: runs tests/*.Tests.ps1 in the pinned PowerShell, with each pinned version of Pester.
Linkers: installs what links the function for both processors, on Debian and Ubuntu.
Publish: makes the function's packages in bin/function: the portable one, and those for x64 and arm64 where this machine can link them.
Package: lays the module as it is installed into artifacts/module/FanOut/<version>, with those of the function's packages that are not older than their sources,
and packs it for the PowerShell Gallery into artifacts/package, beside which it lays those packages, debug files, a bill of materials and checksums.
CheckPackage: checks that artifacts/package is complete, and is as its checksums say.
TestPackage: installs the module from artifacts/package into artifacts/installed, and runs the Pester tests on it, in the PowerShell that -PowerShell names.
Quickstart: runs docs/quickstart.ps1, which needs no AWS account.
Gate: runs .ci/run, all that a change must pass, on Debian and Ubuntu.
CheckRelease: checks that the sources say what -Tag says, and that what they say of the project may be published.
Release: makes the release of -Tag on GitHub, with what is in artifacts/package. Needs GitHub's program gh, and GH_TOKEN.
PublishPackage: publishes the module of artifacts/package to -Repository. Needs the key in PSGALLERY_API_KEY, except for a folder.
.PARAMETER PowerShell
The version of PowerShell for TestPackage; without it, the pinned one. Another one is installed into artifacts/pwsh.
.PARAMETER Tag
The tag of a release: v, and the version.
.PARAMETER Repository
The repository that PublishPackage publishes to, as Register-PSResourceRepository knows it.
.EXAMPLE
./build.ps1
Builds everything.
.EXAMPLE
./build.ps1 -Task Clean, Build, Test
Builds everything anew and tests it.
.EXAMPLE
./build.ps1 -Task Linkers, Publish, Package, TestPackage
The module as a package, with the function for both processors, and tested as its users have it.
.EXAMPLE
dotnet tool restore; dotnet pwsh build.ps1 -Task Package
The same front door where no PowerShell is installed.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ArgumentCompletions('Clean', 'Build', 'Test', 'Pester', 'Linkers', 'Publish', 'Package', 'CheckPackage', 'TestPackage', 'Quickstart', 'Gate', 'CheckRelease', 'Release', 'PublishPackage')]
    [string[]] $Task = 'Build',

    [string] $PowerShell,

    [string] $Tag,

    [string] $Repository = 'PSGallery'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$packages = Join-Path $PSScriptRoot artifacts package

# The error of this script as a whole: one line, without the code that found it.
function Stop-Build([string] $Message) {
    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($Message), 'BuildFailed', 'InvalidOperation', $null))
}

function Invoke-Program([string] $Program, [string] $Arguments) {
    if (-not $PSCmdlet.ShouldProcess($PSScriptRoot, "$Program $Arguments")) { return }
    & $Program $Arguments.Split(' ')
    if ($LASTEXITCODE) { Stop-Build "'$Program $Arguments' ended with exit code $LASTEXITCODE." }
}

function Invoke-DotNet([string] $Arguments) { Invoke-Program dotnet $Arguments }

# The module's manifest is the one place that has the version.
function Get-Version {
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot FanOut.psd1)
    $prerelease = $manifest.PrivateData.PSData['Prerelease']
    $manifest.ModuleVersion + ($prerelease ? "-$prerelease" : '')
}

function Assert-Package {
    $version = Get-Version
    $needed = "FanOut.$version.nupkg", "FanOut.$version.symbols.zip", "FanOut.$version.cdx.json", 'fanout-dotnet10.zip', 'fanout-linux-arm64.zip', 'fanout-linux-x64.zip', 'SHA256SUMS'
    $missing = $needed | Where-Object { -not (Test-Path (Join-Path $packages $_)) }
    if ($missing) { Stop-Build "artifacts/package lacks $($missing -join ', '): './build.ps1 -Task Clean, Linkers, Publish, Package' makes all of it on Linux." }
    foreach ($line in Get-Content (Join-Path $packages SHA256SUMS)) {
        $sum, $file = $line -split '  ', 2
        if ((Get-FileHash (Join-Path $packages $file)).Hash -ne $sum) { Stop-Build "artifacts/package/$file is not what SHA256SUMS says." }
    }
}

function Assert-Release {
    $version = Get-Version
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot FanOut.psd1)
    $problems = @(
        if ($Tag -ne "v$version") { "the tag is '$Tag', and FanOut.psd1 says $version, whose tag is v$version" }
        if (-not (Select-String -Path (Join-Path $PSScriptRoot CHANGELOG.md) -Pattern "^## $([regex]::Escape($version))( |$)")) { "CHANGELOG.md has no section '## $version'" }
        if (([uri]$manifest.PrivateData.PSData.ProjectUri).Host -eq 'example.com') { "ProjectUri in FanOut.psd1 is $($manifest.PrivateData.PSData.ProjectUri), not the repository's address" }
    )
    if ($problems) { Stop-Build "This cannot be released: $($problems -join '; ')." }
}

# Those that the packed manifest has.
function Write-ReleaseNotes([string] $Path) {
    $zip = [IO.Compression.ZipFile]::OpenRead((Join-Path $packages "FanOut.$(Get-Version).nupkg"))
    try {
        $nuspec = [xml][IO.StreamReader]::new($zip.GetEntry('FanOut.nuspec').Open()).ReadToEnd()
        Set-Content -Path $Path -Value $nuspec.package.metadata.releaseNotes
    }
    finally { $zip.Dispose() }
}

$tasks = [ordered]@{
    Clean          = { Remove-Item -Path artifacts, bin, en-US/FanOut.dll-Help.xml -Recurse -Force -ErrorAction Ignore }
    Build          = { Invoke-DotNet 'build FanOut.slnx' }
    Test           = { Invoke-DotNet 'test FanOut.slnx' }
    Pester         = {
        Invoke-DotNet 'tool restore'
        Invoke-DotNet 'build tests/FanOut.Pester'
        Get-ChildItem -Path artifacts/modules/Pester | ForEach-Object { Invoke-DotNet "pwsh -NoProfile -File tests/Pester.ps1 -Version $($_.Name)" }
    }
    Linkers        = { Invoke-Program bash '.ci/linkers' }
    Publish        = { Invoke-DotNet 'build src/FanOut.Module -c Release -t:PublishFunction' }
    Package        = { Invoke-DotNet 'pack src/FanOut.Module' }
    CheckPackage   = { Assert-Package }
    TestPackage    = {
        Invoke-DotNet 'tool restore'
        Invoke-DotNet 'build tests/FanOut.Pester'
        $program, $arguments = 'dotnet', 'pwsh '
        if ($PowerShell) {
            $program, $arguments = "artifacts/pwsh/$PowerShell/pwsh", ''
            if (-not (Get-Command $program -ErrorAction Ignore)) { Invoke-DotNet "tool install PowerShell --version $PowerShell --tool-path artifacts/pwsh/$PowerShell" }
        }
        Invoke-Program $program "${arguments}-NoProfile -File tests/InstallPackage.ps1 -Version $(Get-Version)"
        Invoke-Program $program "${arguments}-NoProfile -File tests/Pester.ps1 -Module artifacts/installed/FanOut"
    }
    Quickstart     = { Invoke-DotNet 'run --project src/FanOut.Quickstart' }
    Gate           = { Invoke-Program bash '.ci/run' }
    CheckRelease   = { Assert-Release }
    Release        = {
        Assert-Release
        Assert-Package
        $files = Get-ChildItem -Path $packages | ForEach-Object { "artifacts/package/$($_.Name)" }
        $kind = (Get-Version).Contains('-') ? ' --prerelease' : ''
        Write-ReleaseNotes artifacts/release-notes.md
        Invoke-Program gh "release create $Tag --verify-tag --title $Tag --notes-file artifacts/release-notes.md$kind $files"
    }
    PublishPackage = {
        $key = $env:PSGALLERY_API_KEY ? @{ ApiKey = $env:PSGALLERY_API_KEY } : @{}
        Publish-PSResource -NupkgPath (Join-Path $packages "FanOut.$(Get-Version).nupkg") -Repository $Repository @key
    }
}

# 'pwsh -File build.ps1 -Task Clean,Build' hands over one text.
$names = $Task.Split(',', [StringSplitOptions]'TrimEntries, RemoveEmptyEntries')
$unknown = $names | Where-Object { -not $tasks.Contains($_) }
if ($unknown) { Stop-Build "There is no task '$($unknown -join "', '")': there are $($tasks.Keys -join ', ')." }

Push-Location -Path $PSScriptRoot
try { foreach ($name in $names) { & $tasks[$name] } }
finally { Pop-Location }
