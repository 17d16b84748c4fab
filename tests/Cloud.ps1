# Dot-source this in BeforeAll: it imports the module and starts stand-ins for the AWS services in this process ($cloud, $lambda), with a
# function, its table, two sources and a queue. Every cmdlet then calls the stand-ins. Stop-Cloud, in AfterAll, ends them.
# 'dotnet build' builds what is needed here.
param(
    # How long Lambda's changes take; by default they are done when their caller asks again.
    [timespan] $TransitionTime = [timespan]::Zero
)

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
. (Join-Path $PSScriptRoot Module.ps1)

Import-Module $manifest
if (-not ('FanOut.LocalCloud.Cloud' -as [type])) {
    $build = Get-ChildItem -Path (Join-Path $root artifacts bin FanOut.LocalCloud * FanOut.LocalCloud.dll) -ErrorAction Ignore | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $build) { throw "FanOut.LocalCloud.dll is not built yet: run 'dotnet build' first." }
    Add-Type -Path $build.FullName
}

$cloud = [FanOut.LocalCloud.Cloud]::Start()
$lambdaOptions = [FanOut.LocalCloud.Lambda.LambdaServiceOptions]::Of($cloud)
$lambdaOptions.TransitionTime = $TransitionTime
$lambda = [FanOut.LocalCloud.Lambda.LambdaService]::new($lambdaOptions)
$cloud.Add($lambda)
# As Connect-FanOutSource leaves it, which else would change it first.
$variables = [Collections.Generic.Dictionary[string, string]]::new()
$variables['FANOUT_BATCH_ITEM_FAILURES'] = 'true'
$null = $lambda.Add('fanout', [FanOut.LocalCloud.Lambda.RecordingFunction]::new(), [FanOut.LocalCloud.Lambda.LambdaFunctionConfiguration]@{ Environment = $variables })
$null = $cloud.Dynamo.CreateTable('fanoutTargets', 'sourceArn', 'id')
$null = $cloud.Kinesis.CreateStream('orders')
$null = $cloud.Dynamo.CreateTable('customers', 'id', $null, 'NEW_AND_OLD_IMAGES')
$null = $cloud.Sqs.CreateQueue('archive')
$orders = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders'
$archive = 'arn:aws:sqs:us-east-1:123456789012:archive'

$PSDefaultParameterValues = @{
    '*-FanOut*:EndpointUrl'               = $cloud.Endpoint
    '*-FanOut*:Region'                    = 'us-east-1'
    '*-FanOut*:AccessKey'                 = 'AKIATESTSOFFANOUT000'
    '*-FanOut*:SecretKey'                 = 'secret'
    # Most tests register targets of sources that are not connected, of which it warns.
    'Register-FanOutTarget:WarningAction' = 'SilentlyContinue'
}

# The rows of the table of mappings, read without the module.
function Get-Row([string] $Id = '*') {
    $cloud.Dynamo.Find('fanoutTargets').Items | ForEach-Object { $_.ToJsonString() | ConvertFrom-Json } | Where-Object { $_.id.S -like $Id }
}

# The calls since Clear-Call that could change something.
function Get-Change { $cloud.Calls | Where-Object IsChanging | ForEach-Object Operation }

# Waits until the stand-ins have answered a call of an operation.
function Wait-Call([string] $Operation) {
    do {
        $count = $cloud.Calls.Count
        if ($cloud.Calls | Where-Object Operation -EQ $Operation) { return }
    } while ($cloud.Calls.WaitForAsync($count + 1, [Threading.CancellationToken]::None).Wait(60000))
    throw "$Operation was not called within a minute."
}

function Clear-Call { $cloud.Calls.Clear() }

function Clear-Target { Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false }

function Clear-Source { Get-FanOutSource | Where-Object Uuid | Disconnect-FanOutSource -Confirm:$false -Wait }

function Stop-Cloud {
    $null = $lambda.DisposeAsync().AsTask().Wait(10000)
    $null = $cloud.DisposeAsync().AsTask().Wait(10000)
}

# A deployment package that does nothing: an executable script.
function New-FunctionPackage([string] $Path) {
    $archive = [IO.Compression.ZipFile]::Open($Path, 'Create')
    $entry = $archive.CreateEntry('bootstrap')
    $entry.ExternalAttributes = 0x1ED -shl 16
    $writer = [IO.StreamWriter]::new($entry.Open())
    $writer.Write("#!/bin/sh`n")
    $writer.Dispose()
    $archive.Dispose()
}
