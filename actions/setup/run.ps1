#Requires -Version 7.4

# Runs the script that the inputs of action.yml name. An exit code of it other than 0 fails the step.
$ErrorActionPreference = 'Stop'

$script = Join-Path $env:GITHUB_WORKSPACE $env:SETUP_SCRIPT
if (-not (Test-Path -LiteralPath $script -PathType Leaf)) { throw "The input script is '$env:SETUP_SCRIPT': there is no such file in the workspace." }

try { $arguments = $env:SETUP_ARGUMENTS | ConvertFrom-Json -AsHashtable -NoEnumerate }
catch { throw "The input arguments is no JSON: $_" }
if ($arguments -isnot [Collections.IDictionary]) { throw 'The input arguments is no JSON object, such as {"WhatIf": true}.' }

& $script @arguments
