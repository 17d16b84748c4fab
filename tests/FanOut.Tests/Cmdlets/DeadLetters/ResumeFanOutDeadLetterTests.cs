using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>Resume-FanOutDeadLetter: what was delivered is removed, and nothing else.</summary>
public sealed class ResumeFanOutDeadLetterTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed", Bucket = "s3://letters/of/mine", Topic = "arn:aws:sns:us-east-1:123456789012:failed";
    private const string Set = "Set-FanOutTarget archive -SourceArn " + CloudSession.Orders;

    private readonly CloudSession _session = new();
    private readonly InvokedEngine _engine;

    public ResumeFanOutDeadLetterTests()
    {
        _engine = new InvokedEngine(_session.Cloud);
        foreach (string queue in new[] { "failed", "archive", "other" })
        {
            _session.Cloud.Sqs.CreateQueue(queue);
        }

        _session.Cloud.S3.CreateBucket("letters");
        _session.Cloud.Sns.CreateTopic("failed").Subscribe(_session.Cloud.Sqs.Find("failed")!);
    }

    /// <summary>Where the function writes letters, and where they are read.</summary>
    public static TheoryData<string, string> Places => new() { { Queue, "failed" }, { Topic, "failed" }, { Bucket, Bucket } };

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _session.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Letters_of_a_mended_target_arrive_once_and_are_gone(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();

        PSObject result = _session.Run($"Resume-FanOutDeadLetter {place}").Only();

        Assert.Equal(("archive", CloudSession.Orders, "2", "2", "0", "0", "2", "2"), (
            Text(result, "Id"), Text(result, "SourceArn"), Text(result, "Letters"), Text(result, "Delivered"), Text(result, "Failed"), Text(result, "Left"), Text(result, "Removed"), Text(result, "Records")));
        Assert.Equal([1, 2, 3, 4], Arrived("archive").Order());
        Assert.Equal(0, Left);
        Assert.Empty(_session.Run($"Resume-FanOutDeadLetter {place}").ThrowIfFailed().Output);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_fails_again_stays_with_an_error_each(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Run($"{Set} -MaxItemBytes 62").ThrowIfFailed();

        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter {place}");

        ErrorRecord error = result.Error();
        Assert.StartsWith("LetterNotDelivered,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("4", PSObject.AsPSObject(error.TargetObject).Properties["SequenceNumber"].Value);
        Assert.Contains("The record 4 for the target 'archive' was not delivered to target 'archive' (sqs", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Oversize", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-SendTo", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(("1", "1", "1", "1"), (Text(result.Output[0], "Delivered"), Text(result.Output[0], "Failed"), Text(result.Output[0], "Left"), Text(result.Output[0], "Removed")));
        PSObject left = _session.Run($"Get-FanOutDeadLetter {place}").Only();
        Assert.Equal("4", Text(left, "SequenceNumber"));
        Assert.Equal([1, 2, 3], Arrived("archive").Order());
    }

    [Theory]
    [InlineData(Queue, "failed")]
    [InlineData(Bucket, Bucket)]
    public async Task Letters_that_fail_alike_are_one_error_in_full_and_one_that_counts_them(string deadLetter, string place)
    {
        _session.Register("archive", $"-DeadLetter '{deadLetter}' -MaxItemBytes 5 -Collapse none -Enabled");
        await _engine.InvokeAsync(Enumerable.Range(1, 300).Select(static i => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Json(i, 1)), $"customer-{i}", $"{i}", CloudSession.Orders)));
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "SendMessageBatch" });

        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter {place}");

        Assert.Equal(["LetterNotDelivered", "LetterNotDelivered"], result.AllErrors.Select(static e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("The record 1 for the target 'archive' was not delivered", result.AllErrors[0].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("So it was with 299 more letters (AccessDenied", result.AllErrors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Null(result.AllErrors[1].ErrorDetails?.RecommendedAction);
        PSObject counts = Assert.Single(result.Output);
        Assert.Equal(("300", "300", "0"), (Text(counts, "Letters"), Text(counts, "Failed"), Text(counts, "Removed")));
        IEnumerable<PSObject> failures = ((System.Collections.IEnumerable)counts.Properties["Failures"].Value).Cast<object>().Select(PSObject.AsPSObject);
        Assert.Equal(Enumerable.Range(1, 300), failures.Select(static f => int.Parse(Text(f, "SequenceNumber"), null)).Order());
        Assert.All(failures, static f => Assert.Equal("PermanentTarget", Text(f, "Class")));
        Assert.All(failures, static f => Assert.NotEmpty(Text(f, "Reason")));
        Assert.Equal(300, Left);
    }

    [Fact]
    public async Task In_a_bucket_the_envelope_counts_the_attempts_and_has_the_new_reason()
    {
        await PoisonAsync(Bucket);
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "SendMessageBatch" });

        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter {Bucket}");

        Assert.Equal(2, result.AllErrors.Count);
        Assert.Contains("the function's right to do so is not yours", result.AllErrors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        IList<PSObject> left = _session.Run($"Get-FanOutDeadLetter {Bucket}").ThrowIfFailed().Output;
        Assert.Equal(["2 PermanentTarget 1", "4 PermanentTarget 1"], left.Select(static l => $"{Text(l, "SequenceNumber")} {Text(l, "Class")} {Text(l, "Attempts")}").Order());
        Assert.All(left, static l => Assert.NotEmpty(Text(l, "FirstAttempt")));

        _session.Cloud.Faults.Clear();
        Assert.Equal("2", Text(_session.Run($"Resume-FanOutDeadLetter {Bucket}").Only(), "Removed"));
        Assert.Equal([1, 2, 3, 4], Arrived("archive").Order());
        Assert.Equal(0, Left);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Nothing_is_sent_and_nothing_removed_where_it_is_only_asked_what_would_be(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Forget();

        Assert.Empty(_session.Run($"Resume-FanOutDeadLetter {place} -WhatIf").ThrowIfFailed().Output);

        Assert.DoesNotContain(_session.Changes, static c => c is not ("sqs:ReceiveMessage" or "sqs:ChangeMessageVisibilityBatch"));
        Assert.Equal(2, _session.Run($"Get-FanOutDeadLetter {place}").ThrowIfFailed().Output.Count);
    }

    [Fact]
    public async Task What_would_be_sent_is_told_by_target_with_its_calls()
    {
        await PoisonAsync(Bucket);
        _session.Run($"{Set} -MaxItemBytes 62").ThrowIfFailed();

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{_session.Cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'a'; '*-FanOut*:SecretKey' = 'b' }
            Resume-FanOutDeadLetter {{Bucket}} -WhatIf
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(
            "What if: Performing the operation \"Send 1 of 2 records in 1 calls (SendMessageBatch); 1 would be rejected, of 2 dead letters in s3://letters/of/mine, and remove the letters that it takes\" "
            + "on target \"target 'archive' (sqs arn:aws:sqs:us-east-1:123456789012:archive)\".",
            Assert.Single(output));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_the_filter_leaves_out_now_stays_unless_it_is_to_go(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Run($$"""{{Set}} -MaxItemBytes $null -Filter '{"data":{"id":[2]} }'""").ThrowIfFailed();

        PSObject kept = _session.Run($"Resume-FanOutDeadLetter {place}").Only();
        Assert.Equal(("1", "1", "1", "1"), (Text(kept, "Delivered"), Text(kept, "Filtered"), Text(kept, "Left"), Text(kept, "Removed")));
        PSObject removed = _session.Run($"Resume-FanOutDeadLetter {place} -RemoveFiltered").Only();
        Assert.Equal(("0", "1", "0", "1"), (Text(removed, "Delivered"), Text(removed, "Filtered"), Text(removed, "Left"), Text(removed, "Removed")));
        Assert.Equal([1, 2, 3], Arrived("archive").Order());
        Assert.Equal(0, Left);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Only_what_is_meant_goes_and_where_it_is_wanted(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Register("other", "-Collapse none -Enabled");

        Assert.Equal(("other", "1"), (Text(_session.Run($"Resume-FanOutDeadLetter {place} -SendTo other -First 1").Only(), "Id"), $"{Left}"));
        Assert.Empty(_session.Run($"Resume-FanOutDeadLetter {place} -SendTo other -Id others").ThrowIfFailed().Output);
        Assert.Empty(_session.Run($"Resume-FanOutDeadLetter {place} -SendTo other -Class Refused").ThrowIfFailed().Output);
        Assert.Equal("1", Text(_session.Run($"Get-FanOutTarget archive | Resume-FanOutDeadLetter {(deadLetter == Topic ? place : "")} -SendTo other").Only(), "Delivered"));
        Assert.Equal([2, 4], Arrived("other").Order());
        Assert.Equal(0, Left);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Letters_can_be_chosen_in_a_pipeline(string deadLetter, string place)
    {
        await PoisonAsync(deadLetter);
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();

        PSObject result = _session.Run($"Get-FanOutDeadLetter {place} | Where-Object SequenceNumber -eq 4 | Resume-FanOutDeadLetter").Only();

        Assert.Equal(("1", "1"), (Text(result, "Letters"), Text(result, "Removed")));
        Assert.Equal([1, 3, 4], Arrived("archive").Order());
        Assert.Equal("2", Text(_session.Run($"Get-FanOutDeadLetter {place}").Only(), "SequenceNumber"));
    }

    [Theory]
    [InlineData("Get-FanOutTarget archive | Unregister-FanOutTarget -Confirm:$false", "TargetNotFound", "There is no target 'archive'")]
    [InlineData("Get-FanOutTarget archive | Disable-FanOutTarget", "TargetDisabled", "is disabled: its letters stay")]
    [InlineData("", "TargetNotFound", "Is 'archive' meant?", "-SendTo archiv")]
    public async Task A_target_that_cannot_be_sent_to_is_told_once_and_its_letters_stay(string before, string id, string words, string parameters = "")
    {
        await PoisonAsync(Queue);
        _session.Run(before.Length == 0 ? "1" : before).ThrowIfFailed();

        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter failed {parameters}");

        Assert.StartsWith(id + ",", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-SendTo", result.Error().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(("2", "2", "0"), (Text(result.Output[0], "Letters"), Text(result.Output[0], "Left"), Text(result.Output[0], "Removed")));
        Assert.Equal(2, _session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed().Output.Count);
    }

    [Theory]
    [InlineData(Queue, "failed", "DeleteMessageBatch")]
    [InlineData(Bucket, Bucket, "DeleteObject")]
    public async Task Who_may_not_remove_letters_is_told_and_sends_no_more_of_them(string deadLetter, string place, string operation)
    {
        await PoisonAsync(deadLetter);
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = operation });

        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter {place}");

        Assert.Equal(["LetterNotRemoved", "LetterNotRemoved", "LettersNotRemovable"], result.AllErrors.Select(static e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(("2", "2", "0"), (Text(result.Output[0], "Delivered"), Text(result.Output[0], "Left"), Text(result.Output[0], "Removed")));
        Assert.Equal(2, _session.Run($"Get-FanOutDeadLetter {place}").ThrowIfFailed().Output.Count);
    }

    [Fact]
    public async Task What_cannot_be_read_stays_with_an_error()
    {
        await PoisonAsync(Queue);
        _session.Run($"{Set} -MaxItemBytes $null").ThrowIfFailed();
        _session.Cloud.Sqs.Send("failed", "no letter");

        PowerShellResult result = _session.Run("Resume-FanOutDeadLetter failed");

        Assert.StartsWith("LetterNotReadable,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(1, Left);
    }

    [Fact]
    public async Task A_batch_of_which_only_the_place_is_known_is_read_from_the_stream_again_and_goes_to_all_targets()
    {
        _session.Register("archive", "-Collapse none -Enabled");
        _session.Register("other", "-Collapse none -Enabled");
        var stream = _session.Cloud.Kinesis.Find("orders")!;
        string[] numbers = [.. Enumerable.Range(1, 4).Select(i => stream.Put($"k{i}", Encoding.UTF8.GetBytes(Json(i, 1))).SequenceNumber)];
        _session.Cloud.Sqs.Send("failed", Batch(numbers[1], numbers[2], 2));
        _session.Cloud.Sqs.Send("failed", Batch("1", "2", 2));

        PowerShellResult result = _session.Run("Resume-FanOutDeadLetter failed");

        Assert.Contains("it goes to all 2 enabled targets", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("(archive, other)", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("Trimmed: The stream holds 0 of its 2 records", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Equal(("", "1", "1", "2"), (Text(result.Output[0], "Id"), Text(result.Output[0], "Delivered"), Text(result.Output[0], "Removed"), Text(result.Output[0], "Records")));
        Assert.Equal([2, 3, 2, 3], Arrived("archive").Order().Concat(Arrived("other").Order()));
        Assert.Equal(1, Left);
    }

    [Theory]
    [InlineData("failed", "No dead letters were found in http")]
    [InlineData("s3://letters/lettres", "No dead letters were found in s3://letters/lettres: is the prefix right?")]
    public void Where_no_letters_lie_that_is_said(string place, string words)
    {
        PowerShellResult result = _session.Run($"Resume-FanOutDeadLetter {place}").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.StartsWith(words, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_of_Lambda_have_no_id_to_be_found_by_and_that_is_said()
    {
        _session.Register("archive", "-Collapse none -Enabled");
        _session.Cloud.Sqs.Send("failed", Batch("1", "2", 2));

        PowerShellResult result = _session.Run("Resume-FanOutDeadLetter failed -Id archive").ThrowIfFailed();

        Assert.Contains("None of the 1 dead letters", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("1 name no target", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(1, Left);
    }

    [Fact]
    public async Task Of_batches_that_must_be_read_first_no_records_or_calls_are_counted()
    {
        _session.Register("archive", "-Collapse none -Enabled");
        _session.Cloud.Sqs.Send("failed", Batch("1", "2", 2));

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{_session.Cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'a'; '*-FanOut*:SecretKey' = 'b' }
            Resume-FanOutDeadLetter failed -WhatIf
            """,
            TestContext.Current.CancellationToken);

        Assert.Contains("\"Send 2 records, which must be read from the stream first, of 1 dead letters in", Assert.Single(output), StringComparison.Ordinal);
    }

    [Fact]
    public void The_event_that_Lambda_put_into_a_bucket_goes_to_all_targets()
    {
        _session.Register("archive", "-Collapse none -Enabled");
        string records = Encoding.UTF8.GetString(LambdaEvent.Of(Enumerable.Range(1, 3).Select(static i => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Json(i, 1)), $"k{i}", $"{i}", CloudSession.Orders))));
        _session.Cloud.S3.Put("letters", "aws/lambda/8f0f0a5e/shardId-000000000000/2026/11/25/x", $"{Batch("1", "3", 3)[..^1]},\"payload\":\"{JsonEncodedText.Encode(records)}\"}}");

        Assert.Equal(("3", "1"), (Text(_session.Run("Resume-FanOutDeadLetter s3://letters").Only(), "Records"), "1"));
        Assert.Equal([1, 2, 3], Arrived("archive"));
        Assert.Equal(0, Left);
    }

    [Fact]
    public async Task A_target_s_role_is_assumed_by_the_caller_who_is_told_if_that_is_not_allowed()
    {
        const string Role = "arn:aws:iam::210987654321:role/writer";
        await PoisonAsync(Queue);
        _session.Cloud.Sqs.CreateQueue("archive", accountId: "210987654321");
        _session.Run($"{Set} -MaxItemBytes $null -DestinationRoleArn {Role}").ThrowIfFailed();

        PowerShellResult denied = _session.Run("Resume-FanOutDeadLetter failed");
        Assert.All(denied.AllErrors, static e => Assert.Contains(Role, e.Exception.Message, StringComparison.Ordinal));
        Assert.Contains("its trust policy must name you too", denied.AllErrors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        _session.Cloud.Sts.AddRole(Role);
        Assert.Equal("1", Text(_session.Run("Resume-FanOutDeadLetter failed -First 1").Only(), "Removed"));
        Assert.Contains("sts:AssumeRole", _session.Calls);
        _session.Forget();
        Assert.Equal("1", Text(_session.Run("Resume-FanOutDeadLetter failed -SkipRole").Only(), "Removed"));
        Assert.DoesNotContain("sts:AssumeRole", _session.Calls);
    }

    [Fact]
    public async Task Records_of_one_aggregate_are_no_repeats_of_each_other_in_a_FIFO_queue_and_keep_their_order()
    {
        _session.Cloud.Sqs.CreateQueue("ordered.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        _session.Run($"Register-FanOutTarget sqs ordered arn:aws:sqs:us-east-1:123456789012:ordered.fifo -SourceArn {CloudSession.Orders} -DeadLetter {Queue} -Deaggregate -Collapse none -MaxItemBytes 5 -Enabled").ThrowIfFailed();
        byte[] aggregate = new KplAggregate().PartitionKey("k").Record(0, null, "\"first\""u8.ToArray()).Record(0, null, "\"second\""u8.ToArray()).Record(0, null, "\"third\""u8.ToArray()).Sealed();
        await _engine.InvokeAsync(LambdaEvent.Kinesis(aggregate, "k", "7", CloudSession.Orders));
        _session.Run($"Set-FanOutTarget ordered -SourceArn {CloudSession.Orders} -MaxItemBytes $null").ThrowIfFailed();

        Assert.Equal("3", Text(_session.Run("Resume-FanOutDeadLetter failed").Only(), "Removed"));

        Assert.Equal(["\"first\"", "\"second\"", "\"third\""], _session.Cloud.Sqs.Find("ordered.fifo")!.Messages.Select(static m => m.Body));
    }

    [Fact]
    public async Task Log_events_that_were_buried_one_by_one_are_sent_as_they_are()
    {
        _session.Run($"Register-FanOutTarget sqs logs arn:aws:sqs:us-east-1:123456789012:archive -SourceArn {CloudSession.Orders} -DeadLetter {Queue} -Unpack cloudWatchLogs -Collapse none -MaxItemBytes 170 -Enabled").ThrowIfFailed();
        byte[] logs = Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("1", "ok"), Gzip.LogEvent("2", "too much"), Gzip.LogEvent("3", "too much, too")));
        await _engine.InvokeAsync(LambdaEvent.Kinesis(logs, "k", "7", CloudSession.Orders));
        Assert.Equal(2, Left);
        _session.Run($"Set-FanOutTarget logs -SourceArn {CloudSession.Orders} -MaxItemBytes $null").ThrowIfFailed();

        Assert.Equal("2", Text(_session.Run("Resume-FanOutDeadLetter failed").Only(), "Removed"));

        Assert.Equal(
            ["1 ok", "2 too much", "3 too much, too"],
            _session.Cloud.Sqs.Find("archive")!.Messages.Select(static m => JsonNode.Parse(m.Body)!).Select(static m => $"{m["id"]} {m["message"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_FIFO_queue_of_more_letters_than_it_shows_at_a_time_is_sent_in_order()
    {
        _session.Cloud.Sqs.CreateQueue("failed.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        _session.Register("archive", $"-DeadLetter {Queue}.fifo -MaxItemBytes 5 -Enabled");
        await _engine.InvokeAsync(Enumerable.Range(1, 35).Select(static i => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Json(i, 1)), "k", $"{100 + i}", CloudSession.Orders)));
        _session.Run($"{Set} -MaxItemBytes $null -Parallel:$false -Collapse none").ThrowIfFailed();

        Assert.Equal("35", Text(_session.Run("Resume-FanOutDeadLetter failed.fifo").Only(), "Removed"));

        Assert.Equal(Enumerable.Range(1, 35), Arrived("archive"));
    }

    private int Left => _session.Cloud.Sqs.Find("failed")!.Messages.Count + _session.Cloud.S3.Find("letters")!.Objects.Sum(static o => o.Lines.Count);

    private static string Json(int id, int padding) => $$"""{"id":{{id}},"padding":"{{new string('x', padding)}}"}""";

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";

    private static string Batch(string first, string last, int count) => Encoding.UTF8.GetString(new DiscardedBatch
    {
        RequestId = "r", FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout", Condition = DiscardedBatch.RetryAttemptsExhausted, ApproximateInvokeCount = 3,
        Timestamp = DateTimeOffset.UnixEpoch, StreamArn = CloudSession.Orders, ShardId = "shardId-000000000000", StartSequenceNumber = first, EndSequenceNumber = last,
        ApproximateArrivalOfFirstRecord = DateTimeOffset.UnixEpoch, ApproximateArrivalOfLastRecord = DateTimeOffset.UnixEpoch, BatchSize = count,
    }.ToJson());

    /// <summary>The ids of the records that arrived in a queue, in their order; several may share a message.</summary>
    private IEnumerable<int> Arrived(string queue) => _session.Cloud.Sqs.Find(queue)!.Messages.SelectMany(static m => Ids(JsonDocument.Parse(m.Body).RootElement));

    private static IEnumerable<int> Ids(JsonElement body) => body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().SelectMany(Ids) : [body.GetProperty("id").GetInt32()];

    /// <summary>Of four records the target archive takes two; the others go to its dead letter.</summary>
    private async Task PoisonAsync(string deadLetter)
    {
        _session.Register("archive", $"-DeadLetter '{deadLetter}' -MaxItemBytes 40 -Collapse none -Enabled");
        await _engine.InvokeAsync(Enumerable.Range(1, 4).Select(static i => LambdaEvent.Kinesis(
            Encoding.UTF8.GetBytes(Json(i, i % 2 == 0 ? 15 * i : 1)), $"customer-{i}", $"{i}", CloudSession.Orders)));
    }
}
