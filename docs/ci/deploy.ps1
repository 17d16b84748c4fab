#Requires -Version 7.4

<#
.SYNOPSIS
Brings a fan-out function, its sources and their targets to what fanout.json says.
.DESCRIPTION
Runs without a user and as often as you like. With -WhatIf it is the plan of a pull request: it shows what would be made, changed and taken away, and does nothing.
The file is the truth: what is different is changed to what it says, and what it does not have is taken away. Region and credentials come from the environment.

Needed before: the stream orders, the queue orders-failed, and the destinations in fanout.json.
.EXAMPLE
pwsh -NonInteractive -File deploy.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # What there is to be.
    [string] $StateFile = (Join-Path $PSScriptRoot fanout.json),

    # What the file asks for by ${param:NAME}, such as the stage.
    [hashtable] $Parameter = @{},

    # The SNS topic that is told when records fail, go to dead letters or are late, by its ARN. Without it no alarms are made.
    [string] $AlarmTopic,

    # Other parameters of Sync-FanOutTarget.
    [hashtable] $Sync = @{}
)

# The first error ends the script, and its exit code is 1. Sync-FanOutTarget writes its errors when all else is done.
$ErrorActionPreference = 'Stop'
Import-Module FanOut

Sync-FanOutTarget -Path $StateFile -Parameter $Parameter -Prune -Confirm:$false -PassThru @Sync -OutVariable changes
if (-not $WhatIfPreference) {
    # They are of a function that is there, so a plan does not have them. Which function the file names, each change says.
    $function = $changes | Select-Object -First 1 -ExpandProperty FunctionName
    if ($AlarmTopic) { Publish-FanOutAlarm -FunctionName $function -Topic $AlarmTopic }
    Get-FanOutSource -FunctionName $function
}
