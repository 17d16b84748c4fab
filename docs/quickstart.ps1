#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
The main job on one machine: a fan-out function is published, copies records of a Kinesis stream and of a DynamoDB table to every type of target but http, gives a mended target its dead letters, and is removed.
.DESCRIPTION
Starts stand-ins for the AWS services in this process, publishes the function to them, connects the sources, registers targets, puts records in,
waits until they are everywhere, mends a target that refused some of them and sends it its dead letters, shows what arrived where, and removes the function. What was published is what runs, as a process of its own, and
may do what the policy of its role allows. No AWS account; nothing leaves the machine. Of your session nothing is changed: your default values of
parameters are neither used nor touched, and the module goes when the script ends, unless it was there before.
'dotnet run --project src/FanOut.Quickstart' builds everything and runs this script; in pwsh run 'dotnet build' once, then ./docs/quickstart.ps1.
Exit codes: 0 every record arrived exactly once at every target and nothing of the function is left, 1 it is not so, 2 an argument cannot be used, or
nothing is built.
.PARAMETER InputFile
A file of one JSON object per line; 'customer' is the partition key where there is one. Without it: samples/orders.ndjson.
.PARAMETER Redis
host:port of a Redis that is to be a target too. It is written to.
.PARAMETER Memcached
host:port of a Memcached that is to be a target too. It is written to.
.PARAMETER Help
Shows what can be asked for, and runs nothing.
.PARAMETER Unknown
Takes what is none of these, to say so.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Alias('Input')] [string] $InputFile = (Join-Path $PSScriptRoot samples orders.ndjson),
    [string] $Redis,
    [string] $Memcached,
    [Alias('h')] [switch] $Help,
    [Parameter(DontShow, ValueFromRemainingArguments)] [string[]] $Unknown = @()
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$started = [Diagnostics.Stopwatch]::StartNew()

function Find-Build([string] $project, [string] $file) {
    $found = Get-ChildItem -Path (Join-Path $PSScriptRoot .. artifacts bin $project * $file) -ErrorAction Ignore | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $found) { Stop-Quickstart "$file is not built yet: run 'dotnet build' first." }
    $found.FullName
}

function Stop-Quickstart([string] $problem) {
    [Console]::Error.WriteLine($problem)
    exit 2
}

function Show-Usage {
    $page = Get-Help $PSCommandPath
    "$($page.Synopsis.Trim())`n"
    'dotnet run --project src/FanOut.Quickstart -- [--input FILE] [--redis HOST:PORT] [--memcached HOST:PORT] [--help]'
    "./docs/quickstart.ps1 [-InputFile FILE] [-Redis HOST:PORT] [-Memcached HOST:PORT] [-Help]`n"
    foreach ($parameter in $page.Parameters.Parameter | Where-Object Name -ne Unknown) { "{0,-12}{1}" -f $parameter.Name, $parameter.Description.Text }
}

# Asks a cache that is to be a target whether it is there, before anything is started for it.
function Assert-Cache([string] $parameter, [string] $address, [string] $question, [string] $pattern) {
    if ($address -notmatch '^[^:\s]+:\d{1,5}$') { Stop-Quickstart "-$parameter takes host:port, such as localhost:6379; '$address' is not that." }
    try { $answer = Read-CacheLine $address $question }
    catch { Stop-Quickstart "No $parameter answers at ${address}: $($_.Exception.GetBaseException().Message.TrimEnd('.')). Start it, or leave -$parameter out." }
    if ($answer -notmatch $pattern) { Stop-Quickstart "What answers at $address is no $parameter that lets everybody in: it says '$answer'." }
}

function Open-Cache([string] $address) {
    $server, $port = $address -split ':'
    $client = [System.Net.Sockets.TcpClient]@{ ReceiveTimeout = 5000; SendTimeout = 5000 }
    if (-not $client.ConnectAsync($server, [int]$port).Wait(5000)) {
        $client.Dispose()
        throw [TimeoutException]::new('no connection within 5 s')
    }
    $client
}

function Read-CacheLine([string] $address, [string] $question) {
    $client = Open-Cache $address
    try {
        $stream = $client.GetStream()
        $stream.Write([Text.Encoding]::UTF8.GetBytes("$question`r`n"))
        [IO.StreamReader]::new($stream).ReadLine()
    }
    finally { $client.Dispose() }
}

function ConvertTo-DynamoDB([Text.Json.JsonElement] $value) {
    switch ($value.ValueKind) {
        'String' { @{ S = $value.GetString() } }
        'Number' { @{ N = $value.GetRawText() } }
        'True' { @{ BOOL = $true } }
        'False' { @{ BOOL = $false } }
        'Array' { @{ L = @(foreach ($element in $value.EnumerateArray()) { ConvertTo-DynamoDB $element }) } }
        'Object' {
            $map = @{}
            foreach ($member in $value.EnumerateObject()) { $map[$member.Name] = ConvertTo-DynamoDB $member.Value }
            @{ M = $map }
        }
        default { @{ NULL = $true } }
    }
}

# Asks a cache for the value of a key over its text protocol; Redis and Memcached both answer "<length>\r\n<value>" here.
function Read-CacheValue([string] $address, [string] $question, [string] $lengthPattern) {
    $client = Open-Cache $address
    try {
        $stream = $client.GetStream()
        $stream.Write([Text.Encoding]::UTF8.GetBytes("$question`r`n"))
        $bytes = [Collections.Generic.List[byte]]::new()
        while ($true) {
            $head = [Text.Encoding]::Latin1.GetString($bytes.ToArray())
            if ($head -match $lengthPattern) {
                $from, $length = $Matches[0].Length, [int]$Matches[1]
                if ($bytes.Count -ge $from + $length) { return [Text.Encoding]::UTF8.GetString($bytes.GetRange($from, $length).ToArray()) }
            }
            elseif ($head.EndsWith("`r`n")) { return }
            $next = $stream.ReadByte()
            if ($next -lt 0) { return }
            $bytes.Add($next)
        }
    }
    finally { $client.Dispose() }
}

if ($Help -or $Unknown -contains '--help') {
    Show-Usage
    exit 0
}
if ($Unknown) { Stop-Quickstart "There is no argument '$($Unknown[0])': --input FILE, --redis HOST:PORT, --memcached HOST:PORT and --help are." }

# --- The records ------------------------------------------------------------------------------------------------------------------------------

if (-not (Test-Path $InputFile -PathType Leaf)) { Stop-Quickstart "The input file $InputFile does not exist." }
$number = 0
$records = @(foreach ($line in [IO.File]::ReadLines((Convert-Path $InputFile))) {
        $number++
        if ([string]::IsNullOrWhiteSpace($line)) { continue }
        try { $json = [Text.Json.JsonDocument]::Parse($line).RootElement }
        catch { Stop-Quickstart "$InputFile, line $number is not JSON: $($_.Exception.InnerException.Message)" }
        if ($json.ValueKind -ne 'Object') { Stop-Quickstart "$InputFile, line $number is not a JSON object." }
        $customer = $json.EnumerateObject() | Where-Object { $_.Name -eq 'customer' -and $_.Value.ValueKind -eq 'String' } | Select-Object -First 1
        [pscustomobject]@{ Line = $number; Text = $line; Json = $json; Key = $customer ? $customer.Value.GetString() : "$number" }
    })
if (-not $records) { Stop-Quickstart "The input file $InputFile holds no records." }
if ($Redis) { Assert-Cache Redis $Redis PING '^\+PONG' }
if ($Memcached) { Assert-Cache Memcached $Memcached version '^VERSION ' }
Write-Host "Putting $($records.Count) records into a Kinesis stream and a DynamoDB table, and waiting until they are everywhere."

# --- A cloud of its own: streams, a table, destinations ---------------------------------------------------------------------------------------

$standIns = Find-Build FanOut.LocalCloud FanOut.LocalCloud.dll
$package = Find-Build FanOut.Quickstart fanout-dotnet10.zip
$rendering = $PSStyle.OutputRendering
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }
$wasImported = [bool](Get-Module FanOut)
Add-Type -Path $standIns
Import-Module (Join-Path $PSScriptRoot .. FanOut.psd1)
$cloud = [FanOut.LocalCloud.Cloud]::Start([FanOut.LocalCloud.CloudOptions]@{ EnforcePolicies = $true })
$lambda = [FanOut.LocalCloud.Lambda.LambdaService]::new([FanOut.LocalCloud.Lambda.LambdaServiceOptions]::Of($cloud))
$cloud.Add($lambda)
$receiver = [FanOut.LocalCloud.Lambda.RecordingFunction]::new($null)
$exitCode = 1

try {
    [void]$lambda.Add('receiver', $receiver)
    $kinesis = $cloud.Kinesis.CreateStream('orders', 2)
    $table = $cloud.Dynamo.CreateTable('orders', 'line', [NullString]::Value, 'NEW_AND_OLD_IMAGES', 'N')
    [void]$cloud.Sns.CreateTopic('orders')
    [void]$cloud.Sqs.CreateQueue('orders')
    [void]$cloud.Sqs.CreateQueue('orders-failed')
    [void]$cloud.Sqs.CreateQueue('changes')
    [void]$cloud.Sqs.CreateQueue('audit')
    [void]$cloud.Sqs.CreateQueue('audit-failed')
    [void]$cloud.Kinesis.CreateStream('copy', 2)
    [void]$cloud.Kinesis.CreateStream('changes')
    [void]$cloud.Firehose.CreateDeliveryStream('archive')
    [void]$cloud.EventBridge.CreateEventBus('shop')
    [void]$cloud.StepFunctions.CreateStateMachine('billing')
    $local = $cloud.Endpoint.GetLeftPart('Authority')

    # So long that a target which takes no more refuses some of the records.
    $lengths = $records | ForEach-Object { [Text.Encoding]::UTF8.GetByteCount($_.Text) } | Measure-Object -Average -Maximum
    $limit = [math]::Max(1, [int][math]::Min($lengths.Average, $lengths.Maximum - 1))

    # From here on it is as in an AWS account; there, a profile and a region stand where these lines are. A table of this script's own, in place of the
    # session's: what the user has there must not send these records to a real account, and what is here must not stay.
    $PSDefaultParameterValues = @{
        '*-FanOut*:EndpointUrl'              = $cloud.Endpoint
        '*-FanOut*:Region'                   = 'us-east-1'
        '*-FanOut*:AccessKey'                = 'AKIAQUICKSTART000000'
        '*-FanOut*:SecretKey'                = 'quickstart'

        # The package that this machine has just built, instead of one that the module holds.
        'Publish-FanOutFunction:PackagePath' = $package
        'Publish-FanOutFunction:Runtime'     = 'dotnet10'
    }

    # region: what getting-started.md shows

    # The function, and what it needs: a table of mappings, a log group, a role that may do no more than the function does.
    Publish-FanOutFunction

    # Records flow from the moment in which a source is connected; those that cannot be delivered are told to a queue.
    $failed = 'arn:aws:sqs:us-east-1:123456789012:orders-failed'
    Connect-FanOutSource -Source orders -SourceType Kinesis -StartingPosition TrimHorizon -OnFailureDestination $failed -Wait
    Connect-FanOutSource -Source orders -SourceType DynamoDB -StartingPosition TrimHorizon -OnFailureDestination $failed -Wait

    # Targets of the stream: names are looked up; ARNs, URLs and endpoints are taken as they are.
    $stream = @{ Source = 'orders'; SourceType = 'Kinesis'; Enabled = $true }
    Register-FanOutTarget sns sns orders -Collapse none @stream
    Register-FanOutTarget sqs sqs orders @stream
    Register-FanOutTarget es es "$local#orders" @stream
    Register-FanOutTarget kinesis kinesis copy @stream
    Register-FanOutTarget firehose firehose archive @stream
    Register-FanOutTarget iot iot "$local#shop/orders" -Collapse none @stream
    Register-FanOutTarget lambda lambda receiver @stream
    Register-FanOutTarget events events shop @stream
    Register-FanOutTarget states states billing @stream

    # One with a mistake: its limit is too low. What it does not take goes to its dead letter; the others have everything.
    Register-FanOutTarget sqs audit audit -MaxItemBytes $limit -DeadLetter audit-failed -Collapse none @stream

    # Targets of the table's stream, in one pipeline: plain JSON instead of DynamoDB's.
    'sqs,changes', "es,$local#changes", 'kinesis,changes' | ConvertFrom-Csv -Header Type, Destination |
        Select-Object *, @{ Name = 'Id'; Expression = 'Type' } |
        Register-FanOutTarget -Source orders -SourceType DynamoDB -ConvertDDB -Enabled

    # What is there, whether it works, and what repairs it.
    Get-FanOutSource
    Get-FanOutTarget | Where-Object Type -eq sqs | Disable-FanOutTarget -WhatIf

    # endregion

    if ($Redis) { Register-FanOutTarget redis redis $Redis @stream }
    if ($Memcached) { Register-FanOutTarget memcached memcached $Memcached @stream }

    # --- Records ------------------------------------------------------------------------------------------------------------------------------

    foreach ($record in $records) {
        [void]$kinesis.Put($record.Key, [Text.Encoding]::UTF8.GetBytes($record.Text))
        $item = (ConvertTo-DynamoDB $record.Json).M
        $item['line'] = @{ N = "$($record.Line)" }
        $table.Put((ConvertTo-Json $item -Depth 100 -Compress))
    }

    # --- What arrived where -------------------------------------------------------------------------------------------------------------------

    $texts = @($records.Text)
    $lines = @($records | ForEach-Object { "line $($_.Line)" })
    $last = @{}   # a cache holds the last value of each key
    foreach ($record in $records) { $last[$record.Key] = $record.Text }
    $single = { param($arrivals) foreach ($arrival in $arrivals) { $arrival.Text } }
    $unpacked = { param($json) [Text.Json.JsonDocument]::Parse($json).RootElement.GetProperty('Records').EnumerateArray() }
    $collapsed = { param($arrivals) foreach ($arrival in $arrivals) { foreach ($one in & $unpacked $arrival.Text) { $one.GetRawText() } } }
    $events = { param($invocations) foreach ($invocation in $invocations) {
            foreach ($one in & $unpacked ([Text.Encoding]::UTF8.GetString($invocation.Payload.ToArray()))) {
                [Text.Encoding]::UTF8.GetString($one.GetProperty('kinesis').GetProperty('data').GetBytesFromBase64())
            }
        } }
    $line = { process { "line $([Text.Json.JsonDocument]::Parse($_).RootElement.GetProperty('line').GetRawText())" } }
    $at = { param($journal, $name) @($journal | Where-Object { $_.IsFor($name) }) }

    $audit = { & $single (& $at $cloud.Sqs.Received audit) }
    $letters = { $cloud.Sqs.Find('audit-failed').Messages.Count }
    $checks = @(
        [pscustomobject]@{ Source = 'kinesis'; Target = 'sns'; Expected = $texts; Look = { & $single (& $at $cloud.Sns.Received orders) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'sqs'; Expected = $texts; Look = { & $collapsed (& $at $cloud.Sqs.Received orders) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'es'; Expected = $texts; Look = { & $single (& $at $cloud.OpenSearch.Received orders) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'kinesis'; Expected = $texts; Look = { & $single (& $at $cloud.Kinesis.Received copy) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'firehose'; Expected = $texts; Look = { & $single (& $at $cloud.Firehose.Received archive) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'iot'; Expected = $texts; Look = { & $single @($cloud.Iot.Received) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'lambda'; Expected = $texts; Look = { & $events @($receiver.Invocations) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'events'; Expected = $texts; Look = { & $single @($cloud.EventBridge.Received) } }
        [pscustomobject]@{ Source = 'kinesis'; Target = 'states'; Expected = $texts; Look = { & $single @($cloud.StepFunctions.Received) } }
        if ($Redis) {
            [pscustomobject]@{ Source = 'kinesis'; Target = 'redis'; Expected = @($last.Values); Look = { foreach ($key in $last.Keys) { Read-CacheValue $Redis "GET $key" '^\$(\d+)\r\n' } } }
        }
        if ($Memcached) {
            [pscustomobject]@{ Source = 'kinesis'; Target = 'memcached'; Expected = @($last.Values); Look = { foreach ($key in $last.Keys) { Read-CacheValue $Memcached "get $key" '^VALUE \S+ \d+ (\d+)\r\n' } } }
        }
        [pscustomobject]@{ Source = 'dynamodb'; Target = 'sqs'; Expected = $lines; Look = { & $collapsed (& $at $cloud.Sqs.Received changes) | & $line } }
        [pscustomobject]@{ Source = 'dynamodb'; Target = 'es'; Expected = $lines; Look = { & $single (& $at $cloud.OpenSearch.Received changes) | & $line } }
        [pscustomobject]@{ Source = 'dynamodb'; Target = 'kinesis'; Expected = $lines; Look = { & $single (& $at $cloud.Kinesis.Received changes) | & $line } }
    )

    function Compare-Arrival {
        process {
            $check = $_
            $arrived = @(& $check.Look)
            $missing = [Collections.Generic.List[string]]::new([string[]]$check.Expected)
            $surplus = @($arrived | Where-Object { -not $missing.Remove($_) })
            [pscustomobject]@{
                Source     = $check.Source
                Target     = $check.Target
                Records    = "$($arrived.Count)/$($check.Expected.Count)"
                Bytes      = [long]($arrived | ForEach-Object { [Text.Encoding]::UTF8.GetByteCount($_) } | Measure-Object -Sum).Sum
                Difference = @($missing | ForEach-Object { "missing: $_" }) + @($surplus | ForEach-Object { "too often: $_" })
                Sample     = $arrived ? $arrived[0] : ''
            }
        }
    }

    $patience = [Diagnostics.Stopwatch]::StartNew()
    do {
        Start-Sleep -Milliseconds 200
        $open = @($checks | Compare-Arrival | Where-Object Difference)
    } while (($open -or (& $letters) + @(& $audit).Count -lt $records.Count) -and $patience.Elapsed.TotalSeconds -lt 60)

    Write-Host "The target audit has refused $(& $letters) of the records: it takes no more than $limit bytes. That is mended, and they are sent again."

    # region: how getting-started.md mends it

    # What lies there and why; then the limit as the queue has it, and all of it again: what is delivered is removed.
    Get-FanOutDeadLetter audit-failed -Summary
    Set-FanOutTarget audit -Source orders -SourceType Kinesis -MaxItemBytes 262144
    Resume-FanOutDeadLetter audit-failed

    # endregion

    $report = @($checks | Compare-Arrival) + @([pscustomobject]@{ Source = 'kinesis'; Target = 'audit'; Expected = $texts; Look = $audit } | Compare-Arrival)
    $open = @($report | Where-Object Difference)
    $report | Format-Table Source, Target, Records, @{ Name = 'Bytes'; Expression = 'Bytes'; Alignment = 'Right' }, Sample | Out-Host

    # --- A source can be suspended, and goes on where it stood --------------------------------------------------------------------------------

    Suspend-FanOutSource -Source orders -SourceType Kinesis -Wait -PassThru | Out-Host
    Resume-FanOutSource -Source orders -SourceType Kinesis -Wait

    # --- And all goes again -------------------------------------------------------------------------------------------------------------------

    $log = $cloud.Logs.Find('/aws/lambda/fanout').Lines
    Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false
    $left = @(
        $lambda.EventSourceMappings.Keys | ForEach-Object { "event source mapping $_" }
        $lambda.Functions | ForEach-Object Arn | Where-Object { $_ -like '*:fanout' }
        $cloud.Iam.Roles | ForEach-Object Arn
        $cloud.Logs.LogGroups | ForEach-Object Arn
        if ($cloud.Dynamo.Find('fanoutTargets')) { 'table fanoutTargets' }
        if (& $letters) { "$(& $letters) dead letters" }
    )

    if ($open) {
        $open | ForEach-Object { Write-Host "$($_.Source) -> $($_.Target):"; $_.Difference | Select-Object -First 3 | ForEach-Object { Write-Host "    $_" } }
        Write-Host "Not every record arrived exactly once. The function's log:"
        $log | ForEach-Object { [Console]::Error.WriteLine($_) }
    }
    elseif ($left) {
        Write-Host "Removing the function has left: $($left -join ', ')."
    }
    else {
        Write-Host 'The function is removed, with its event source mappings, its role, its logs and its table.'
        Write-Host ([string]::Format([cultureinfo]::InvariantCulture, 'Every record arrived exactly once at every target, in {0:F1} s.', $started.Elapsed.TotalSeconds))
        $exitCode = 0
    }
}
finally {
    $lambda.DisposeAsync().AsTask().Wait()
    $cloud.DisposeAsync().AsTask().Wait()
    if (-not $wasImported) { Remove-Module FanOut }
    $PSStyle.OutputRendering = $rendering
}

exit $exitCode
