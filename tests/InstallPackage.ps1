#!/usr/bin/env pwsh

<#
.SYNOPSIS
Installs the module from artifacts/package into artifacts/installed, as a user does, but nowhere else.
.PARAMETER Version
The module's version.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Version)

$ErrorActionPreference = 'Stop'
$artifacts = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot .. artifacts))
$name = "FanOut-$PID"
$installed = Join-Path $artifacts installed
Remove-Item -Path $installed -Recurse -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $installed
Register-PSResourceRepository -Name $name -Uri (Join-Path $artifacts package) -Trusted
try { Save-PSResource -Name FanOut -Version $Version -Prerelease:($Version.Contains('-')) -Repository $name -Path $installed }
finally { Unregister-PSResourceRepository -Name $name }
$module = Get-ChildItem -Path (Join-Path $installed FanOut)
if (-not $module) { throw "FanOut $Version is not in $(Join-Path $artifacts package): run './build.ps1 -Task Package' first." }
"$($module.FullName)"
