<#
.SYNOPSIS
Deploys a fan-out function with its sources and targets.
.DESCRIPTION
A pattern for your own pipeline: it runs without a user, and as often as you like. What is as it should be is left alone, what is missing is made, and what is
different is an error that names the difference, so that nobody's change is lost by accident (-Force changes it). Region and credentials come from the environment.

Needed before: the stream orders, the table customers with a stream, the topic news, and the queue archive.
.EXAMPLE
pwsh -NonInteractive -File docs/samples/deploy.ps1
#>
[CmdletBinding()]
param(
    # The function; its table of mappings is called like it, followed by Targets.
    [string] $FunctionName = 'fanout',

    # How the function is published: parameters of Publish-FanOutFunction.
    [hashtable] $Publish = @{},

    # The account of the queues.
    [string] $Account = '123456789012',

    # The module, by its name or by the path of its manifest.
    [string] $Module = 'FanOut'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$PSDefaultParameterValues = @{ '*-FanOut*:FunctionName' = $FunctionName }
$region = $env:AWS_REGION
$archive = "arn:aws:sqs:${region}:${Account}:archive"

Publish-FanOutFunction @Publish

# One source of each kind; what cannot be delivered of them is told to a queue.
$sources = @(
    @{ Source = 'orders'; SourceType = 'Kinesis' }
    @{ Source = 'customers'; SourceType = 'DynamoDB' }
    @{ Source = 'news'; SourceType = 'SNS' }
)
foreach ($source in $sources) {
    Connect-FanOutSource @source -OnFailureDestination $archive
}

# Ten targets of each. A list from a file would do as well: Import-Csv targets.csv | Register-FanOutTarget
foreach ($source in $sources) {
    1..10 |
        ForEach-Object { [pscustomobject]@{ Id = "copy-$_"; Type = 'sqs'; Destination = "arn:aws:sqs:${region}:${Account}:copy-$_" } } |
        Register-FanOutTarget @source -Collapse none -Enabled
}

# What is not wanted any more; that it is gone already is no error.
Disconnect-FanOutSource retired Kinesis -Confirm:$false -ErrorAction Ignore
