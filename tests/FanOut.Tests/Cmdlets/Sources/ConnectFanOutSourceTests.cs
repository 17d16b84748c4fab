using System.Management.Automation;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Sources;

public sealed class ConnectFanOutSourceTests : IAsyncDisposable
{
    private const string Connect = $"Connect-FanOutSource -SourceArn {CloudSession.Orders}";
    private const string Dropped = "arn:aws:sqs:us-east-1:123456789012:dropped";
    private const string Mapping = "lambda:CreateEventSourceMapping";
    private const string Function = "lambda:UpdateFunctionConfiguration";

    private readonly CloudSession _session = new();

    public ConnectFanOutSourceTests()
    {
        _session.Cloud.Sqs.CreateQueue("dropped");
        _session.Cloud.S3.CreateBucket("dropped");
        _session.Lambda.Add("fanout", new RecordingFunction(), new LambdaFunctionConfiguration
        {
            Environment = new Dictionary<string, string> { ["OTHER"] = "kept", ["FANOUT_METRICS"] = "emf" },
        });
    }

    private EventSourceMapping Only => Assert.Single(_session.Lambda.EventSourceMappings).Value;

    private IReadOnlyDictionary<string, string> Variables => Assert.Single(_session.Lambda.Functions, static f => f.Name == "fanout").Configuration.Environment;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void A_source_is_connected_with_safe_settings_and_the_functions_half_before_it()
    {
        PowerShellResult result = _session.Run(Connect);

        PSObject source = result.Only();
        Assert.Equal("FanOut.FanOutSource", source.TypeNames[0]);
        Assert.Equal(("orders", "Kinesis", CloudSession.Orders, "fanout", "us-east-1", "fanoutTargets"),
            (Text(source, "Name"), Text(source, "SourceType"), Text(source, "SourceArn"), Text(source, "FunctionName"), Text(source, "Region"), Text(source, "TableName")));
        Assert.Equal(new EventSourceMappingOptions
        {
            BatchSize = 500,
            MaximumBatchingWindow = TimeSpan.FromSeconds(1),
            MaximumRetryAttempts = 10,
            MaximumRecordAge = TimeSpan.FromHours(6),
            BisectBatchOnFunctionError = true,
            ReportBatchItemFailures = true,
            StartingPosition = StartingPosition.Latest,
        }, Only.Settings with { OnFailure = null, OnIteratorAge = null });
        Assert.Equal("FANOUT_BATCH_ITEM_FAILURES=true FANOUT_METRICS=emf OTHER=kept", string.Join(' ', Variables.Select(static v => $"{v.Key}={v.Value}").Order()));
        Assert.Equal([Function, Mapping], _session.Changes);
    }

    [Theory]
    [InlineData("-Source orders -SourceType Kinesis -StartingPosition TrimHorizon", "TrimHorizon 500 1 1 10 21600 ")]
    [InlineData("-SourceArn " + CloudSession.Orders + " -BatchSize 10000 -BatchingWindow 300 -ParallelizationFactor 10 -MaximumRetryAttempts 0 -MaximumRecordAge 60", "Latest 10000 300 10 0 60 ")]
    [InlineData("-SourceArn " + CloudSession.Orders + " -BatchingWindow 0 -MaximumRetryAttempts -1 -MaximumRecordAge -1", "Latest 500 0 1 -1  ")]
    [InlineData("-SourceArn " + CloudSession.Orders + " -BatchingWindow '00:01:30' -MaximumRecordAge ([TimeSpan]::FromDays(7))", "Latest 500 90 1 10 604800 ")]
    [InlineData("-SourceArn " + CloudSession.Orders + " -StartingPositionTimestamp '2026-11-01T00:00:00Z'", "AtTimestamp 500 1 1 10 21600 2026-11-01T00:00:00Z")]
    public void Settings_are_taken_as_they_are_given(string arguments, string expected)
    {
        _session.Run($"Connect-FanOutSource {arguments}").ThrowIfFailed();

        EventSourceMappingOptions s = Only.Settings;
        Assert.Equal(expected, $"{s.StartingPosition} {s.BatchSize} {s.MaximumBatchingWindow.TotalSeconds} {s.ParallelizationFactor} {s.MaximumRetryAttempts} {s.MaximumRecordAge?.TotalSeconds} {s.StartingPositionTimestamp:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    [Fact]
    public void A_list_connects_row_by_row_and_its_empty_cells_say_nothing()
    {
        _session.Cloud.Kinesis.CreateStream("clicks");

        PowerShellResult result = _session.Run("""
            @'
            SourceArn,StartingPosition,StartingPositionTimestamp,BatchSize,BatchingWindow,ParallelizationFactor,MaximumRetryAttempts,MaximumRecordAge,OnFailureDestination,FunctionName,TableName,Region,ProfileName
            arn:aws:kinesis:us-east-1:123456789012:stream/orders,,,,,,,,,,,,
            arn:aws:kinesis:us-east-1:123456789012:stream/clicks,TrimHorizon,,7,2,3,4,01:00:00,,fanout,,us-east-1,
            '@ | ConvertFrom-Csv | Connect-FanOutSource
            """).ThrowIfFailed();

        Assert.Equal("orders 500 00:00:01 10 06:00:00; clicks 7 00:00:02 4 01:00:00", string.Join("; ", result.Output.Select(
            static o => $"{Text(o, "Name")} {Text(o, "BatchSize")} {Text(o, "BatchingWindow")} {Text(o, "MaximumRetryAttempts")} {Text(o, "MaximumRecordAge")}")));
        Assert.Single(result.Warnings);
        Assert.Single(_session.Changes, static c => c == Function);
    }

    [Fact]
    public void Objects_of_AWS_Tools_bind()
    {
        _session.Run($"[pscustomobject]@{{ StreamARN = '{CloudSession.Orders}'; StreamName = 'orders' }} | Connect-FanOutSource").ThrowIfFailed();

        Assert.Equal(CloudSession.Orders, Only.Stream.Arn);
    }

    [Fact]
    public void Settings_of_one_function_connect_another()
    {
        _session.Lambda.Add("other", new RecordingFunction());
        _session.Run($"{Connect} -BatchSize 9 -MaximumRecordAge -1 -StartingPosition TrimHorizon").ThrowIfFailed();

        PSObject copy = _session.Run("Get-FanOutSource | Connect-FanOutSource -FunctionName other").Only();

        Assert.Equal(("other", "9", "TrimHorizon", "-00:00:01"), (Text(copy, "FunctionName"), Text(copy, "BatchSize"), Text(copy, "StartingPosition"), Text(copy, "MaximumRecordAge")));
    }

    [Fact]
    public void A_second_run_lets_the_source_out_and_writes_nothing()
    {
        string given = $"{Connect} -BatchSize 9 -BatchingWindow 2 -ParallelizationFactor 3 -MaximumRetryAttempts -1 -MaximumRecordAge -1 -StartingPosition TrimHorizon -OnFailureDestination {Dropped} -Wait";
        string? id = Text(_session.Run(given).Only(), "Uuid");
        _session.Forget();

        PowerShellResult again = _session.Run($"{given} -Verbose");

        Assert.Equal((id, "Enabled"), (Text(again.Only(), "Uuid"), Text(again.Only(), "State")));
        Assert.Contains(again.Verbose, static v => v.Contains("is connected already, and Enabled: nothing is changed.", StringComparison.Ordinal));
        Assert.Empty(again.Warnings);
        Assert.Empty(_session.Changes);
        Assert.Equal(id, Text(_session.Run($"{given} -Force").Only(), "Uuid"));
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void A_suspended_source_stays_suspended_and_the_way_back_is_told()
    {
        _session.Run($"{Connect}; Suspend-FanOutSource -SourceArn {CloudSession.Orders} -Wait").ThrowIfFailed();
        _session.Forget();

        PowerShellResult again = _session.Run($"{Connect} -Verbose -Wait");

        Assert.Equal("Disabled", Text(again.Only(), "State"));
        Assert.Contains(again.Verbose, static v => v.EndsWith("Resume-FanOutSource lets the function read it again.", StringComparison.Ordinal));
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-BatchSize 9", "BatchSize is 500, not 9")]
    [InlineData("-BatchingWindow 2", "BatchingWindow is 1 second, not 2 seconds")]
    [InlineData("-ParallelizationFactor 2", "ParallelizationFactor is 1, not 2")]
    [InlineData("-MaximumRetryAttempts 3", "MaximumRetryAttempts is 10, not 3")]
    [InlineData("-MaximumRetryAttempts -1", "MaximumRetryAttempts is 10, not without end")]
    [InlineData("-MaximumRecordAge -1", "MaximumRecordAge is 6 hours, not without end")]
    [InlineData("-OnFailureDestination " + Dropped, "OnFailureDestination is none, not " + Dropped)]
    [InlineData("-Disabled", "State is Enabled, not Disabled")]
    public void Other_settings_are_an_error_that_names_them_and_Force_changes_them(string settings, string difference)
    {
        string? id = Text(_session.Run($"{Connect} -Wait").Only(), "Uuid");
        _session.Forget();

        ErrorRecord error = _session.Run($"{Connect} {settings}").Error();

        Assert.Equal("SourceAlreadyConnected,FanOut.Commands.ConnectFanOutSourceCommand", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ResourceExists, CloudSession.Orders), (error.CategoryInfo.Category, error.TargetObject));
        Assert.EndsWith($"already (event source mapping {id}, state Enabled), and not as it was given: {difference}.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);

        Assert.Equal(id, Text(_session.Run($"{Connect} {settings} -Force -WhatIf; {Connect} {settings} -Force").Only(), "Uuid"));
        Assert.Equal(["lambda:UpdateEventSourceMapping"], _session.Changes);
        _session.Run($"{Connect} {settings}").ThrowIfFailed();
    }

    [Theory]
    [InlineData("-StartingPosition TrimHorizon", "StartingPosition is Latest, not TrimHorizon")]
    [InlineData("-StartingPositionTimestamp 2026-11-01T00:00:00Z", "StartingPosition is Latest, not AtTimestamp 2026-11-01T00:00:00Z")]
    [InlineData("-StartingPosition TrimHorizon -BatchSize 9", "StartingPosition is Latest, not TrimHorizon")]
    public void Where_reading_began_cannot_be_changed_and_that_is_said(string position, string difference)
    {
        _session.Run($"{Connect} -Wait").ThrowIfFailed();
        _session.Forget();

        ErrorRecord error = _session.Run($"{Connect} {position}").Error();
        Assert.Contains(difference, error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("Where reading begins, and by which consumer, is decided when a source is connected: Disconnect-FanOutSource first", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        PowerShellResult forced = _session.Run($"{Connect} {position} -Force").ThrowIfFailed();
        Assert.Contains($"{CloudSession.Orders} is connected already, and cannot be changed in this: {difference}. Disconnect-FanOutSource, then connect it anew.", forced.Warnings);
        Assert.Equal(position.Contains("BatchSize", StringComparison.Ordinal) ? ["lambda:UpdateEventSourceMapping"] : [], _session.Changes);
        _session.Run($"{Connect} -StartingPosition Latest -Force").ThrowIfFailed();
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:absent", "DestinationNotFound", "There is no SQS queue 'absent' in us-east-1")]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:absent", "DestinationNotFound", "There is no SNS topic 'absent' in eu-west-1")]
    [InlineData("arn:aws:s3:::absent", "DestinationNotFound", "There is no S3 bucket 'absent' in us-east-1")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:dropped.fifo", "InvalidParameter", "Lambda reports to standard queues and topics, not to FIFO ones")]
    public void What_could_not_be_told_of_dropped_records_is_refused(string destination, string id, string message)
    {
        ErrorRecord error = _session.Run($"{Connect} -OnFailureDestination {destination}").Error();

        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void Whoever_may_not_look_for_the_destination_connects_all_the_same()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Operation = "GetQueueUrl" });

        PowerShellResult result = _session.Run($"{Connect} -OnFailureDestination {Dropped} -Verbose").ThrowIfFailed();

        Assert.Contains(result.Verbose, static v => v.Contains("It takes sqs:GetQueueUrl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ConvertTo-Json | ConvertFrom-Json")]
    [InlineData("ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json -AsHashtable | ForEach-Object { [pscustomobject]$_ }")]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv")]
    public void What_was_written_to_a_file_connects_again_as_it_was(string roundTrip)
    {
        _session.Cloud.Sns.CreateTopic("news");
        _session.Run($$"""
            {{Connect}} -BatchSize 9 -BatchingWindow 90 -MaximumRecordAge '1.06:00:00' -StartingPosition TrimHorizon -OnFailureDestination {{Dropped}} -Wait
            Connect-FanOutSource -Source news -SourceType SNS -MaximumRecordAge 90 -OnFailureDestination {{Dropped}}
            """).ThrowIfFailed();
        _session.Lambda.Add("other", new RecordingFunction());
        _session.Forget();

        PowerShellResult same = _session.Run($"Get-FanOutSource | {roundTrip} | Connect-FanOutSource").ThrowIfFailed();
        Assert.Empty(_session.Changes);

        PowerShellResult other = _session.Run($"Get-FanOutSource | {roundTrip} | Select-Object -ExcludeProperty TableName, FunctionArn | Connect-FanOutSource -FunctionName other").ThrowIfFailed();
        Assert.Equal(
            ["orders 9 00:01:30 1.06:00:00 TrimHorizon", "news   00:01:30 "],
            other.Output.Select(static o => $"{Text(o, "Name")} {Text(o, "BatchSize")} {Text(o, "BatchingWindow")} {Text(o, "MaximumRecordAge")} {Text(o, "StartingPosition")}"));
        Assert.Equal(2, same.Output.Count);
    }

    [Theory]
    [InlineData("ForEach-Object { $_ }")]
    [InlineData("ConvertTo-Json | ConvertFrom-Json")]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv")]
    public void What_is_read_through_an_alias_connects_again_through_it(string roundTrip)
    {
        _session.Cloud.Sns.CreateTopic("news");
        _session.Run($"""
            {Connect} -FunctionName fanout:live -OnFailureDestination {Dropped} -Wait -WarningAction Ignore
            Connect-FanOutSource -Source news -FunctionName fanout:live -OnFailureDestination {Dropped}
            $all = Get-FanOutSource -FunctionName fanout:live | {roundTrip}
            """).ThrowIfFailed();
        _session.Forget();

        Assert.Equal(2, _session.Run("$all | Connect-FanOutSource").ThrowIfFailed().Output.Count);
        Assert.Empty(_session.Changes);

        _session.Run("Get-FanOutSource -FunctionName fanout:live | Disconnect-FanOutSource -Confirm:$false -Wait; $all | Connect-FanOutSource -WarningAction Ignore").ThrowIfFailed();
        Assert.All(_session.Run("Get-FanOutSource -FunctionName fanout:live").Output, static s => Assert.EndsWith(":fanout:live", Text(s, "FunctionArn"), StringComparison.Ordinal));
        Assert.EndsWith(":fanout:live", Only.FunctionArn, StringComparison.Ordinal);
        Assert.Contains("is read by", _session.Run("$all | Where-Object SourceType -eq Kinesis | Connect-FanOutSource -FunctionName fanout").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_out_says_how_the_source_is_with_its_targets()
    {
        Assert.Equal(("No target is registered.", "0 of 0"), Status(_session.Run($"{Connect} -OnFailureDestination {Dropped} -Wait")));
        _session.Register("a", "-Enabled");
        Assert.Equal(("OK", "1 of 1"), Status(_session.Run($"{Connect} -OnFailureDestination {Dropped} -Wait")));
        Assert.Equal(("The stream is suspended.", "1 of 1"), Status(_session.Run($"Suspend-FanOutSource orders -PassThru -Wait")));
        Assert.Equal(("OK", "1 of 1"), Status(_session.Run($"Resume-FanOutSource orders -PassThru -Wait")));

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb" });
        PowerShellResult unseen = _session.Run($"{Connect} -OnFailureDestination {Dropped} -Wait -Verbose");
        Assert.Equal(("Targets not known", ""), Status(unseen));
        Assert.Contains(unseen.Verbose, static v => v.StartsWith($"Which targets {CloudSession.Orders} has could not be found out: ", StringComparison.Ordinal));
    }

    private static (string? Status, string? Targets) Status(PowerShellResult result) => (Text(result.Only(), "Status"), Text(result.Only(), "Targets"));

    [Fact]
    public void A_new_connection_starts_without_notes_on_what_the_targets_had_by_an_earlier_one()
    {
        foreach (string source in new[] { CloudSession.Orders, CloudSession.Orders + "2" })
        {
            for (int note = 0; note < 3; note++)
            {
                _session.Put($$"""{"sourceArn":{"S":"#progress:{{source}}"},"id":{"S":"#shardId-000000000000#003,10{{note}}"} }""");
            }
        }

        _session.Register("a");
        _session.Run($"{Connect} -StartingPosition TrimHorizon").ThrowIfFailed();

        Assert.Equal(
            [(CloudSession.Orders, 1), ($"#progress:{CloudSession.Orders}2", 3)],
            _session.Rows.GroupBy(static r => r.GetProperty("sourceArn").GetProperty("S").GetString()!).Select(static g => (g.Key, g.Count())).OrderByDescending(static g => g.Key, StringComparer.Ordinal));

        // Other settings are no other connection.
        _session.Put($$"""{"sourceArn":{"S":"#progress:{{CloudSession.Orders}}"},"id":{"S":"#shardId-000000000000#003,100"} }""");
        _session.Run($"{Connect} -BatchSize 7 -Force").ThrowIfFailed();
        Assert.Equal(5, _session.Rows.Count);
    }

    [Fact]
    public void A_queue_for_dropped_records_is_found_by_its_name()
    {
        _session.Cloud.Sqs.CreateQueue("late");

        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:late", Text(_session.Run($"{Connect} -OnFailureDestination late").Only(), "OnFailureDestination"));
        Assert.Equal("DestinationNotFound,FanOut.Commands.ConnectFanOutSourceCommand", _session.Run($"{Connect} -OnFailureDestination later -Force").Error().FullyQualifiedErrorId);
    }

    [Fact]
    public void Whoever_may_not_delete_the_notes_is_told_what_that_means()
    {
        _session.Put($$"""{"sourceArn":{"S":"#progress:{{CloudSession.Orders}}"},"id":{"S":"#shardId-000000000000#003,100"} }""");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb", Operation = "DeleteItem" });

        PowerShellResult result = _session.Run($"{Connect} -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped").ThrowIfFailed();

        string warning = Assert.Single(result.Warnings);
        Assert.StartsWith($"Notes of an earlier connection on what the targets of {CloudSession.Orders} have may be left in table fanoutTargets: ", warning, StringComparison.Ordinal);
        Assert.EndsWith($"You need dynamodb:Query and dynamodb:DeleteItem; the notes' sourceArn is #progress:{CloudSession.Orders}.", warning, StringComparison.Ordinal);
        Assert.NotNull(Only);
    }

    [Theory]
    [InlineData("-FunctionName fanout:live", "")]
    [InlineData("", "-FunctionName fanout:live")]
    [InlineData("", "-SourceArn " + CloudSession.Orders + "/consumer/c:1")]
    public void An_alias_or_a_consumer_does_not_double_it_either(string first, string second)
    {
        _session.Run($"{Connect} {first}").ThrowIfFailed();

        string again = second.StartsWith("-SourceArn", StringComparison.Ordinal) ? $"Connect-FanOutSource {second}" : $"{Connect} {second}";
        Assert.StartsWith("SourceAlreadyConnected", _session.Run(again).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_session.Lambda.EventSourceMappings);
    }

    [Fact]
    public void Force_gives_what_is_connected_the_new_settings()
    {
        _session.Run($"{Connect} -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped -Wait").ThrowIfFailed();
        _session.Forget();

        PowerShellResult result = _session.Run($"{Connect} -BatchSize 7 -Force");

        Assert.Equal("7", Text(result.Only(), "BatchSize"));
        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:dropped", Text(result.Only(), "OnFailureDestination"));
        Assert.Empty(result.Warnings);
        Assert.Equal(["lambda:UpdateEventSourceMapping"], _session.Changes);
        Assert.Equal(7, Only.Settings.BatchSize);
    }

    [Fact]
    public void A_consumer_of_the_stream_is_what_is_read()
    {
        PSObject source = _session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders}/consumer/fanout:1").Only();

        Assert.Equal((CloudSession.Orders, $"{CloudSession.Orders}/consumer/fanout:1"), (Text(source, "SourceArn"), Text(source, "ConsumerArn")));
    }

    [Fact]
    public void A_stream_of_a_table_is_connected_by_the_tables_name()
    {
        _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");

        PSObject source = _session.Run("Connect-FanOutSource -Source customers -SourceType DynamoDB -StartingPosition TrimHorizon").Only();

        Assert.Equal(("customers", "DynamoDB"), (Text(source, "Name"), Text(source, "SourceType")));
        Assert.StartsWith("arn:aws:dynamodb:us-east-1:123456789012:table/customers/stream/", Text(source, "SourceArn"), StringComparison.Ordinal);
    }

    [Fact]
    public void Mappings_of_other_sources_ask_for_failed_records_before_the_function_answers_them()
    {
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Lambda.CreateEventSourceMapping("arn:aws:kinesis:us-east-1:123456789012:stream/clicks", "fanout", new EventSourceMappingOptions());

        _session.Run(Connect).ThrowIfFailed();

        Assert.All(_session.Lambda.EventSourceMappings.Values, static m => Assert.True(m.Settings.ReportBatchItemFailures));
        Assert.Equal(["lambda:UpdateEventSourceMapping", Function, Mapping], _session.Changes);
    }

    [Fact]
    public void The_function_is_not_changed_twice()
    {
        _session.Run(Connect).ThrowIfFailed();
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Forget();

        _session.Run("Connect-FanOutSource -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/clicks").ThrowIfFailed();

        Assert.Equal([Mapping], _session.Changes);
    }

    [Fact]
    public void The_originals_function_is_not_asked_what_it_cannot_answer()
    {
        _session.Lambda.Add("fanout", new RecordingFunction(), new LambdaFunctionConfiguration { Runtime = "nodejs10.x" });

        PowerShellResult result = _session.Run($"{Connect} -MaximumRetryAttempts -1 -MaximumRecordAge -1").ThrowIfFailed();

        Assert.False(Only.Settings.ReportBatchItemFailures);
        Assert.True(Only.Settings.BisectBatchOnFunctionError);
        Assert.Contains("nodejs10.x", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal([Mapping], _session.Changes);
    }

    [Fact]
    public void An_alias_asks_and_its_variable_is_left_alone_with_a_warning()
    {
        PowerShellResult result = _session.Run($"{Connect} -FunctionName fanout:live -MaximumRetryAttempts -1 -MaximumRecordAge -1");

        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:fanout:live", Text(result.Only(), "FunctionArn"));
        Assert.Contains("FANOUT_BATCH_ITEM_FAILURES is not true in live", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal([Mapping], _session.Changes);
    }

    [Theory]
    [InlineData("", "in 11 attempts or before they are 6 hours old")]
    [InlineData("-MaximumRetryAttempts -1", "delivered before they are")]
    [InlineData("-MaximumRecordAge -1", "in 11 attempts, and")]
    [InlineData("-MaximumRecordAge -1 -MaximumRetryAttempts -1", null)]
    [InlineData("-OnFailureDestination arn:aws:s3:::dropped", null)]
    public void Records_that_would_be_dropped_silently_are_warned_of(string arguments, string? warning)
    {
        PowerShellResult result = _session.Run($"{Connect} {arguments}").ThrowIfFailed();

        Assert.Equal(warning is null ? 0 : 1, result.Warnings.Count);
        Assert.Contains(warning ?? "", string.Concat(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Disabled_connects_and_does_not_read()
    {
        PSObject source = _session.Run($"{Connect} -Disabled -Wait").Only();

        Assert.Equal("Disabled", Text(source, "State"));
        Assert.Equal(EventSourceMappingState.Disabled, Only.State);
    }

    [Fact]
    public void What_if_makes_no_changing_call()
    {
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Lambda.CreateEventSourceMapping("arn:aws:kinesis:us-east-1:123456789012:stream/clicks", "fanout", new EventSourceMappingOptions());

        PowerShellResult result = _session.Run($"{Connect} -WhatIf").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-BatchSize 0", "InvalidParameter", "1 to 10,000")]
    [InlineData("-BatchSize 10001", "InvalidParameter", "1 to 10,000")]
    [InlineData("-BatchingWindow 301", "InvalidParameter", "0 to 300")]
    [InlineData("-BatchingWindow 0.5", "InvalidParameter", "whole seconds")]
    [InlineData("-BatchingWindow -1", "InvalidParameter", "0 to 300")]
    [InlineData("-ParallelizationFactor 11", "InvalidParameter", "1 to 10")]
    [InlineData("-MaximumRetryAttempts -2", "InvalidParameter", "-1 for ever")]
    [InlineData("-MaximumRetryAttempts 10001", "InvalidParameter", "0 to 10,000")]
    [InlineData("-MaximumRecordAge 59", "InvalidParameter", "60 to 604,800")]
    [InlineData("-MaximumRecordAge 604801", "InvalidParameter", "60 to 604,800")]
    [InlineData("-StartingPosition AtTimestamp", "InvalidParameter", "needs -StartingPositionTimestamp")]
    [InlineData("-StartingPosition Latest -StartingPositionTimestamp 2026-01-01", "InvalidParameter", "AtTimestamp, not Latest")]
    [InlineData("-OnFailureDestination https://sqs.us-east-1.amazonaws.com/123456789012/dropped", "InvalidParameter", "arn:aws:sqs:region:account:queue")]
    [InlineData("-OnFailureDestination dropped.fifo", "InvalidParameter", "not to FIFO ones")]
    [InlineData("-OnFailureDestination arn:aws:dynamodb:us-east-1:123456789012:table/dropped", "InvalidParameter", "arn:aws:s3:::bucket")]
    [InlineData("-BatchingWindow soon", "ParameterArgumentTransformationError", "is not a duration")]
    [InlineData("-WaitTimeout soon", "ParameterArgumentTransformationError", "is not a duration")]
    [InlineData("-StartingPosition Middle", "ParameterArgumentTransformationError", "TrimHorizon")]
    [InlineData("-BatchSize many", "ParameterArgumentTransformationError", "many")]
    [InlineData("-FunctionName 'no function'", "InvalidParameter", "FunctionName")]
    public void Wrong_input_is_refused_before_any_call(string arguments, string id, string words)
    {
        PowerShellResult result = _session.Run($"{Connect} {arguments}");

        Assert.StartsWith($"{id},FanOut.Commands.ConnectFanOutSourceCommand", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Theory]
    [InlineData("arn:aws:kinesis:eu-west-1:123456789012:stream/orders", "is in eu-west-1, the function fanout in us-east-1", "-Region eu-west-1")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:orders.fifo", "is a FIFO topic", "Connect a standard topic")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:orders", "is not the ARN of a source", null)]
    [InlineData("orders", "is not the ARN of a source", null)]
    [InlineData("arn:aws:dynamodb:us-east-1:123456789012:table/customers", "It is that of a table: -Source customers -SourceType DynamoDB finds the table's stream.", null)]
    public void A_source_that_cannot_be_read_is_refused_before_any_call(string arn, string words, string? advice)
    {
        PowerShellResult result = _session.Run($"Connect-FanOutSource -SourceArn {arn}");

        Assert.Equal("InvalidParameter,FanOut.Commands.ConnectFanOutSourceCommand", result.Error().FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.InvalidArgument, arn), (result.Error().CategoryInfo.Category, result.Error().TargetObject));
        Assert.Contains(words, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice ?? "", $"{result.Error().ErrorDetails} {result.Error().ErrorDetails?.RecommendedAction}", StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Fact]
    public void A_timestamp_is_for_Kinesis_only()
    {
        PowerShellResult result = _session.Run("Connect-FanOutSource -SourceArn arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000 -StartingPositionTimestamp 2026-01-01");

        Assert.StartsWith("InvalidParameter", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("DynamoDB stream begins", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Fact]
    public void A_function_that_is_not_there_is_told_with_where_and_as_whom()
    {
        ErrorRecord error = _session.Run($"{Connect} -FunctionName absent").Error();

        Assert.Equal("FunctionNotFound,FanOut.Commands.ConnectFanOutSourceCommand", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, "absent"), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("'absent' in us-east-1 (looked up as access key", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_not_there_is_told()
    {
        ErrorRecord error = _session.Run("Connect-FanOutSource -Source absent -SourceType Kinesis").Error();

        Assert.Equal("SourceNotFound,FanOut.Commands.ConnectFanOutSourceCommand", error.FullyQualifiedErrorId);
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void One_source_that_fails_does_not_keep_the_others()
    {
        PowerShellResult result = _session.Run($"'absent', 'orders' | ForEach-Object {{ [pscustomobject]@{{ Source = $_; SourceType = 'Kinesis' }} }} | Connect-FanOutSource");

        Assert.StartsWith("SourceNotFound", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_change_of_the_function_in_between_is_not_overwritten()
    {
        _session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Error, Service = "lambda", Operation = "UpdateFunctionConfiguration", Code = "PreconditionFailedException", Status = 412, Times = 1,
        });

        _session.Run(Connect).ThrowIfFailed();

        Assert.Equal("true", Variables["FANOUT_BATCH_ITEM_FAILURES"]);
        Assert.Equal(2, _session.Calls.Count(static c => c == Function));
    }

    [Fact]
    public void Who_may_not_change_the_function_connects_nothing()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "UpdateFunctionConfiguration", Code = "AccessDeniedException", Status = 403 });

        ErrorRecord error = _session.Run(Connect).Error();

        Assert.Equal(("AccessDenied,FanOut.Commands.ConnectFanOutSourceCommand", ErrorCategory.PermissionDenied), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Empty(_session.Lambda.EventSourceMappings);
    }

    private static string? Text(PSObject source, string property) => source.Properties[property].Value is { } value ? FormattableString.Invariant($"{value}") : null;
}
