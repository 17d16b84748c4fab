#Requires -Version 7.4

<#
.SYNOPSIS
Brings a fan-out function, its source and the source's targets to what this folder says.
.DESCRIPTION
Runs without a user and as often as you like. With -WhatIf it is the plan of a pull request: it says what would be made, changed and taken away, and does nothing.
The files are the truth: what is different is changed to what they say, and targets that are not in targets.csv are unregistered. Region and credentials come from
the environment.

Needed before: the stream orders, the queue orders-failed, and the destinations in targets.csv.
.EXAMPLE
pwsh -NonInteractive -File deploy.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The function; its table of mappings is called like it, followed by Targets.
    [string] $FunctionName = 'fanout',

    # How the function is published: parameters of Publish-FanOutFunction.
    [hashtable] $Publish = @{},

    # The targets: a column for each parameter of Register-FanOutTarget that is used.
    [string] $TargetFile = (Join-Path $PSScriptRoot targets.csv)
)

# The first error ends the script, and its exit code is 1.
$ErrorActionPreference = 'Stop'
Import-Module FanOut
$PSDefaultParameterValues = @{ '*-FanOut*:FunctionName' = $FunctionName }
$source = @{ Source = 'orders'; SourceType = 'Kinesis' }
$targets = Import-Csv -Path $TargetFile

Publish-FanOutFunction @Publish
if ($WhatIfPreference -and -not (Get-FanOutFunction -ErrorAction Ignore)) {
    "The function $FunctionName is not there yet; with it come the source and $(@($targets).Count) targets."
    return
}

Connect-FanOutSource @source -OnFailureDestination orders-failed -Force -Wait
$targets | Register-FanOutTarget @source -Force
Get-FanOutTarget @source | Where-Object Id -NotIn $targets.Id | Unregister-FanOutTarget -Confirm:$false
Get-FanOutSource @source
