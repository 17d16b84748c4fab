# Dot-source this: $module is the folder of the module that is tested, $manifest its manifest. It is what 'dotnet build' has laid into the repository's root, or
# the one that tests/Pester.ps1 -Module names.
$module = $env:FANOUT_MODULE ? $env:FANOUT_MODULE : (Split-Path -Parent $PSScriptRoot)
$manifest = Join-Path $module FanOut.psd1
