using System.Management.Automation;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Invoke-FanOutReplay: a stream's records reach targets again, each at least once, in order, and go on from a checkpoint.</summary>
public sealed class InvokeFanOutReplayTests : IAsyncDisposable
{
    private const string Replay = $"Invoke-FanOutReplay -SourceArn {CloudSession.Orders}";

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private readonly KinesisStream _orders;

    public InvokeFanOutReplayTests()
    {
        _orders = _session.Cloud.Kinesis.Find("orders")!;
        foreach (string queue in new[] { "audit", "big" })
        {
            _session.Cloud.Sqs.CreateQueue(queue);
            _session.Register(queue, "-Collapse none");
        }
    }

    private string Checkpoint => Path.Join(_folder.Path, "replay.json");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void All_that_the_stream_holds_goes_to_the_targets_also_to_disabled_ones_by_their_filters()
    {
        Put(1, 30);
        _session.Run("""Set-FanOutTarget big -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders -Filter '{"data":{"n":[{"numeric":[">",25]}]}}'""").ThrowIfFailed();

        PSObject summary = _session.Run($"{Replay} audit, b* -From TrimHorizon").Only();

        Assert.Equal(Enumerable.Range(1, 30), Arrived("audit").Order());
        Assert.Equal(Enumerable.Range(26, 5), Arrived("big").Order());
        Assert.Equal(("Complete", "30", "35", "25", "1", "1"), (Text(summary, "State"), Text(summary, "Records"), Text(summary, "Delivered"), Text(summary, "Filtered"), Text(summary, "Shards"), Text(summary, "ShardsDone")));
        Assert.Equal("30 records: 35 delivered, 25 filtered", Text(summary, "Status"));
        Assert.Equal(_orders.Shards[0].Records.Sum(static r => r.Data.Length), (long)summary.Properties["Bytes"].Value);
        Assert.DoesNotContain(_session.Changes, static c => c != "sqs:SendMessageBatch" && c != "dynamodb:PutItem" && c != "dynamodb:UpdateItem");
    }

    [Fact]
    public void Order_per_key_is_kept_over_a_split_and_a_merge()
    {
        _session.Cloud.Kinesis.CreateStream("copy");
        _session.Run($"Register-FanOutTarget kinesis copy copy -SourceArn {CloudSession.Orders} -Parallel:$false").ThrowIfFailed();
        Put(1, 40);
        KinesisShard[] children = [.. _orders.Split(_orders.Shards[0].Id)];
        Put(41, 80);
        _orders.Split(children[0].Id);
        Put(81, 120);
        _orders.Merge(_orders.Shards[3].Id, _orders.Shards[4].Id);
        Put(121, 160);

        PSObject summary = _session.Run($"{Replay} copy -From TrimHorizon -ThrottleLimit 3").Only();

        Assert.Equal(("6", "6", "160"), (Text(summary, "Shards"), Text(summary, "ShardsDone"), Text(summary, "Records")));
        (string Key, int Number)[] arrived = [.. _session.Cloud.Kinesis.Received.Select(static a => (a.Key!, NumberOf(a.Data.Span)))];
        Assert.Equal(160, arrived.Length);
        Assert.All(arrived.GroupBy(static a => a.Key), static k => Assert.Equal(k.Select(static a => a.Number).Order(), k.Select(static a => a.Number)));
    }

    [Fact]
    public void A_time_or_a_record_is_where_it_begins_and_ends()
    {
        Put(1, 9);
        string[] numbers = [.. _orders.Shards[0].Records.Select(static r => r.SequenceNumber)];

        _session.Run($"{Replay} audit -ShardId {_orders.Shards[0].Id} -From {numbers[3]} -To {numbers[5]}").ThrowIfFailed();
        _session.Run($"{Replay} big -From (Get-Date).AddMinutes(-1) -To (Get-Date)").ThrowIfFailed();
        PSObject none = _session.Run($"{Replay} big -From (Get-Date).AddDays(-2) -To (Get-Date).AddDays(-1)").Only();

        Assert.Equal([4, 5, 6], Arrived("audit"));
        Assert.Equal(Enumerable.Range(1, 9), Arrived("big").Order());
        Assert.Equal(("Complete", "0"), (Text(none, "State"), Text(none, "Records")));
    }

    [Theory]
    [InlineData("", "From")]
    [InlineData("-From tomorrow", "tomorrow")]
    [InlineData("-From 49590338271490256608559692538361571095921575989136588001", "ShardId")]
    [InlineData("-From TrimHorizon -To 49590338271490256608559692538361571095921575989136588001", "ShardId")]
    [InlineData("-From TrimHorizon -To (Get-Date).AddHours(1)", "ahead")]
    [InlineData("-From (Get-Date).AddHours(-1) -To (Get-Date).AddHours(-2)", "-To lies before -From")]
    [InlineData("-From (Get-Date).AddHours(1)", "-From lies ahead")]
    [InlineData("-From TrimHorizon -ShardId shardId-7", "shardId-7 is no shard of")]
    [InlineData("-From TrimHorizon -ShardId shardId-7 -WhatIf", "it has shardId-000000000000")]
    public void What_cannot_be_meant_is_an_error_and_sends_nothing(string parameters, string words)
    {
        Put(1, 1);

        ErrorRecord error = _session.Run($"{Replay} audit {parameters}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, $"{error}", StringComparison.Ordinal);
        Assert.Empty(Arrived("audit"));
    }

    [Fact]
    public void Shards_that_are_replayed_and_gone_are_no_error_and_those_that_were_never_there_make_no_checkpoint()
    {
        Put(1, 3);
        string parent = _orders.Shards[0].Id;
        string[] children = [.. _orders.Split(parent).Select(static s => s.Id)];
        Put(4, 9);
        string command = $"{Replay} audit -ShardId {parent}, {children[0]} -Checkpoint '{Checkpoint}'";

        _session.Run($"{command}, nosuch -From TrimHorizon").Error();
        Assert.Empty(Directory.GetFiles(_folder.Path));

        _session.Run($"{command} -From TrimHorizon").ThrowIfFailed();
        _orders.Shards[0].Trim(3);

        Assert.Equal("Complete", Text(_session.Run(command).Only(), "State"));
    }

    [Fact]
    public void Targets_that_are_not_there_and_topics_are_named()
    {
        Put(1, 1);

        PowerShellResult absent = _session.Run($"{Replay} audti, audit -From TrimHorizon");
        ErrorRecord topic = _session.Run("Register-FanOutTarget sqs news arn:aws:sqs:us-east-1:123456789012:audit -SourceArn arn:aws:sns:us-east-1:123456789012:news; Get-FanOutTarget news | Invoke-FanOutReplay -From TrimHorizon").Error();

        Assert.StartsWith("TargetNotFound,", absent.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([1], Arrived("audit"));
        Assert.StartsWith("SourceNotReadable,", topic.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stopped_goes_on_from_the_checkpoint_when_it_is_mended()
    {
        Put(1, 30);
        Fault denied = _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Destination = "big" });

        PowerShellResult stopped = _session.Run($"{Replay} audit, big -From TrimHorizon -Checkpoint '{Checkpoint}'");
        _session.Cloud.Faults.Remove(denied);
        Put(31, 40);
        PSObject whole = _session.Run($"{Replay} audit, big -Checkpoint '{Checkpoint}'").Only();
        PSObject again = _session.Run($"{Replay} audit, big -Checkpoint '{Checkpoint}'").Only();

        ErrorRecord error = stopped.Error();
        Assert.StartsWith("ReplayStopped,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(_orders.Shards[0].Records[0].SequenceNumber, $"{error}", StringComparison.Ordinal);
        Assert.Contains("'big' did not take it (sent as ", $"{error}", StringComparison.Ordinal);
        Assert.Contains(Checkpoint, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(("Stopped", "0 of 1 shards done: 30 delivered"), (Text(Assert.Single(stopped.Output), "State"), Text(stopped.Output[0], "Status")));

        Assert.Equal(("Complete", "40"), (Text(whole, "State"), Text(whole, "Records")));
        Assert.Equal(Enumerable.Range(1, 40), Arrived("big").Order());
        Assert.Equal(Enumerable.Range(1, 40), Arrived("audit").Distinct().Order());
        Assert.Equal(("Complete", "40"), (Text(again, "State"), Text(again, "Records")));
        Assert.Equal(40, Arrived("big").Count());
        Assert.Equal([Checkpoint], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Who_stops_it_finds_in_the_checkpoint_how_far_it_came()
    {
        Put(1, 700);
        int calls = 0;
        var hanging = new TaskCompletionSource();
        Fault hang = _session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Hang,
            Service = "sqs",
            Where = _ =>
            {
                bool hangs = Interlocked.Increment(ref calls) > 55;
                if (hangs)
                {
                    hanging.TrySetResult();
                }

                return hangs;
            },
        });
        using (PowerShell shell = _session.PowerShell.Begin($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'"))
        {
            IAsyncResult running = shell.BeginInvoke();
            await hanging.Task.WaitAsync(TestContext.Current.CancellationToken);
            shell.Stop();

            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
            Assert.True(running.IsCompleted);
            Assert.Empty(shell.Streams.Error);
        }

        long before = JsonDocument.Parse(File.ReadAllText(Checkpoint)).RootElement.GetProperty("counts").GetProperty("records").GetInt64();
        _session.Cloud.Faults.Remove(hang);
        PSObject summary = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Only();

        Assert.InRange(before, 1, 699);
        Assert.Equal(("Complete", "700"), (Text(summary, "State"), Text(summary, "Records")));
        Assert.Equal(Enumerable.Range(1, 700), Arrived("audit").Distinct().Order());
    }

    [Theory]
    [InlineData("audit -From TrimHorizon", "with -Id audit, big, not audit", "give -Id audit, big")]
    [InlineData("audit, big -From 2026-01-01T00:00:00Z", "with -From TrimHorizon, not 2026-01-01T00:00:00.0000000Z", "leave -From and -To out")]
    [InlineData("audit, big -To 2026-01-01T00:00:00Z", "with -To ", "leave -From and -To out")]
    [InlineData("audit, big -ShardId shardId-000000000000", "without -ShardId, not with shardId-000000000000", "leave -ShardId out")]
    public void A_checkpoint_of_another_replay_is_refused(string parameters, string what, string remedy)
    {
        Put(1, 3);
        _session.Run($"{Replay} audit, big -From TrimHorizon -Checkpoint '{Checkpoint}'").ThrowIfFailed();
        string before = File.ReadAllText(Checkpoint);
        _session.Forget();

        ErrorRecord error = _session.Run($"{Replay} {parameters} -Checkpoint '{Checkpoint}'").Error();

        Assert.StartsWith("CheckpointMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(what, $"{error}", StringComparison.Ordinal);
        Assert.Contains(remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
        Assert.Equal(before, File.ReadAllText(Checkpoint));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"version":99,"sourceArn":"arn:aws:kinesis:us-east-1:123456789012:stream/orders"}""")]
    public void A_file_that_is_no_checkpoint_is_left_as_it_is(string text)
    {
        Put(1, 1);
        File.WriteAllText(Checkpoint, text);

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'").Error();

        Assert.StartsWith("CheckpointInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Checkpoint));
        Assert.Empty(Arrived("audit"));
    }

    [Theory]
    [InlineData("-Checkpoint")]
    [InlineData("-DeadLetterPath")]
    public void A_folder_that_is_not_there_is_what_the_error_is_about(string parameter)
    {
        Put(1, 1);
        string folder = Path.Join(_folder.Path, "none");

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon {parameter} '{Path.Join(folder, "file")}'").Error();

        Assert.StartsWith("FileNotWritten,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"The folder {folder} is not there.", $"{error}", StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(".lock", $"{error}", StringComparison.Ordinal);
        Assert.Empty(Arrived("audit"));
    }

    [Fact]
    public void Two_replays_do_not_share_a_checkpoint()
    {
        Put(1, 1);
        using var other = new FanOut.Local.Replays.CheckpointFile(Checkpoint);

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'").Error();

        Assert.StartsWith("CheckpointInUse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Arrived("audit"));
    }

    [Fact]
    public void A_checkpoint_that_is_denied_is_named_as_it_was_given_with_what_to_do()
    {
        Put(1, 1);
        Directory.CreateDirectory(Checkpoint + ".lock");

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'").Error();

        Assert.StartsWith("FileNotWritten,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith($"The checkpoint {Checkpoint} cannot be used: ", $"{error}", StringComparison.Ordinal);
        Assert.Contains($"delete {Checkpoint}.lock", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Arrived("audit"));
    }

    [Fact]
    public void A_checkpoint_whose_name_is_a_folder_is_an_error_about_it()
    {
        Put(1, 1);
        Directory.CreateDirectory(Checkpoint);

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'").AllErrors[0];

        Assert.StartsWith("FileNotWritten,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Checkpoint, $"{error}", StringComparison.Ordinal);
        Assert.DoesNotContain(".partial", $"{error}", StringComparison.Ordinal);
        Assert.DoesNotContain(".lock", $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_target_never_takes_goes_to_the_file_and_the_rest_behind_it_on_its_way()
    {
        string letters = Path.Join(_folder.Path, "letters.ndjson");
        Put(1, 2);
        _orders.Put("large", Encoding.UTF8.GetBytes($$"""{"n":3,"text":"{{new string('x', 400_000)}}"}"""));
        Put(4, 5);
        _session.Run($"Set-FanOutTarget audit -SourceArn {CloudSession.Orders} -MaxItemBytes 262144").ThrowIfFailed();

        ErrorRecord stopped = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}'").Error();
        PSObject summary = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}' -DeadLetterPath '{letters}'").Only();

        Assert.Contains("Oversize", $"{stopped}", StringComparison.Ordinal);
        Assert.Contains("-DeadLetterPath", stopped.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(("Complete", "1"), (Text(summary, "State"), Text(summary, "DeadLettered")));
        Assert.Equal([1, 2, 4, 5], Arrived("audit").Distinct().Order());
        JsonElement letter = JsonDocument.Parse(Assert.Single(File.ReadLines(letters))).RootElement;
        Assert.Equal(("audit", "large", "Oversize"), (letter.GetProperty("mappingId").GetString(), letter.GetProperty("partitionKey").GetString(), letter.GetProperty("class").GetString()));
        Assert.Equal(_orders.Shards[0].Records[2].Data, letter.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public void What_is_in_the_file_alone_is_warned_of_and_goes_again_from_there()
    {
        string letters = Path.Join(_folder.Path, "refused.ndjson");
        Put(1, 5);
        Fault denied = _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs" });

        PowerShellResult refused = _session.Run($"{Replay} audit -From TrimHorizon -DeadLetterPath '{letters}'");
        _session.Cloud.Faults.Remove(denied);
        PSObject again = _session.Run($"Resume-FanOutDeadLetter -Path '{letters}' -SendTo audit").Only();

        Assert.Equal(("Complete", "5"), (Text(refused.Only(), "State"), Text(refused.Only(), "DeadLettered")));
        string warning = Assert.Single(refused.Warnings);
        Assert.Contains($"5 records were not taken", warning, StringComparison.Ordinal);
        Assert.Contains(letters, warning, StringComparison.Ordinal);
        Assert.EndsWith($"Resume-FanOutDeadLetter -Path '{letters}'", warning, StringComparison.Ordinal);
        Assert.Equal("5", Text(again, "Delivered"));
        Assert.Empty(File.ReadAllText(letters));
        Assert.Equal(Enumerable.Range(1, 5), Arrived("audit").Order());
    }

    [Fact]
    public void Two_replays_do_not_write_into_one_file()
    {
        string letters = Path.Join(_folder.Path, "letters.ndjson");
        Put(1, 1);
        using var other = new FanOut.Engine.DeadLetters.DeadLetterFile(letters);

        ErrorRecord error = _session.Run($"{Replay} audit -From TrimHorizon -DeadLetterPath '{letters}'").Error();

        Assert.StartsWith("FileNotWritten,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Arrived("audit"));
    }

    [Fact]
    public void WhatIf_estimates_and_sends_nothing()
    {
        Put(1, 95);
        _session.Forget();

        PowerShellResult result = _session.Run($"{Replay} audit -From TrimHorizon -Checkpoint '{Checkpoint}' -WhatIf").ThrowIfFailed();

        PSObject estimate = Assert.Single(result.Output);
        Assert.Equal(("Estimated", "95", "10"), (Text(estimate, "State"), Text(estimate, "Records"), Text(estimate, "Calls")));
        Assert.True((decimal)estimate.Properties["Cost"].Value > 0);
        Assert.Empty(_session.Changes);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void That_a_table_s_stream_has_lost_records_is_told_and_the_rest_is_sent()
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_IMAGE");
        string arn = table.EventStream!.Arn;
        _session.Run($"Register-FanOutTarget sqs changes arn:aws:sqs:us-east-1:123456789012:audit -SourceArn {arn} -Collapse none").ThrowIfFailed();
        foreach (int i in Enumerable.Range(1, 6))
        {
            table.Put($$$"""{"id":{"S":"{{{i}}}"}}""");
        }

        table.RollStream();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Times = 1 });
        _session.Run($"Invoke-FanOutReplay changes -SourceArn {arn} -From {table.StreamShards[0].Read(0, 1)[0].SequenceNumber} -ShardId {table.StreamShards[0].Id} -Checkpoint '{Checkpoint}'").Error();
        table.StreamShards[0].Trim(2);

        PowerShellResult result = _session.Run($"Invoke-FanOutReplay changes -SourceArn {arn} -ShardId {table.StreamShards[0].Id} -Checkpoint '{Checkpoint}'");

        Assert.StartsWith("RecordsTrimmed,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(("Complete", "4"), (Text(Assert.Single(result.Output), "State"), Text(result.Output[0], "Records")));
        Assert.Equal(4, _session.Cloud.Sqs.Received.Count);
    }

    [Fact]
    public void Aggregates_are_unpacked_as_the_function_does()
    {
        _session.Run($"Register-FanOutTarget sqs parts arn:aws:sqs:us-east-1:123456789012:audit -SourceArn {CloudSession.Orders} -Deaggregate -Collapse none").ThrowIfFailed();
        _orders.Put("aggregate", new KplAggregate().PartitionKey("a").PartitionKey("b").Record(0, null, "{\"n\":1}"u8.ToArray()).Record(1, null, "{\"n\":2}"u8.ToArray()).Sealed());

        PSObject summary = _session.Run($"{Replay} parts -From TrimHorizon").Only();

        Assert.Equal(("1", "2"), (Text(summary, "Records"), Text(summary, "Delivered")));
        Assert.Equal([1, 2], Arrived("audit").Order());
    }

    [Fact]
    public void A_summary_is_a_line_of_the_shared_table()
    {
        Put(1, 3);

        string table = $"{_session.Run($"{Replay} audit, big -From TrimHorizon | Out-String -Width 80").Only()}";

        Assert.Contains("Source: ", table, StringComparison.Ordinal);
        Assert.Contains("audit, big", table, StringComparison.Ordinal);
        Assert.Contains("3 records: 6 delivered", table, StringComparison.Ordinal);
    }

    private void Put(int first, int last)
    {
        for (int n = first; n <= last; n++)
        {
            _orders.Put($"key {n % 7}", Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""));
        }
    }

    private IEnumerable<int> Arrived(string queue) =>
        _session.Cloud.Sqs.Received.Where(a => a.Destination.EndsWith(":" + queue, StringComparison.Ordinal) || a.Destination.EndsWith("/" + queue, StringComparison.Ordinal)).Select(static a => NumberOf(a.Data.Span));

    private static int NumberOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        return JsonElement.ParseValue(ref reader).GetProperty("n").GetInt32();
    }

    private static string Text(PSObject item, string property) => $"{item.Properties[property].Value}";
}
