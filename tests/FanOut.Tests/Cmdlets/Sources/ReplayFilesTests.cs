using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.S3;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Invoke-FanOutReplay -Path: what Lambda gave up and put into a bucket reaches targets, and stays there.</summary>
public sealed class ReplayFilesTests : IAsyncDisposable
{
    private const string Replay = $"Invoke-FanOutReplay -SourceArn {CloudSession.Orders} -Path s3://given-up", Shard = "shardId-000000000000";

    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private readonly KinesisStream _orders;
    private readonly S3Bucket _bucket;

    public ReplayFilesTests()
    {
        _orders = _session.Cloud.Kinesis.Find("orders")!;
        _bucket = _session.Cloud.S3.CreateBucket("given-up");
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

    [Fact(Timeout = 60_000)]
    public async Task What_an_event_source_mapping_gave_up_is_delivered_once_and_its_files_stay()
    {
        for (int n = 1; n <= 25; n++)
        {
            _orders.Put($"key {n % 7}", Encoding.UTF8.GetBytes(Json(n)));
        }

        _session.Lambda.Add("fanout", new RecordingFunction(static _ => new InvocationResult("r", Encoding.UTF8.GetBytes("""{"errorMessage":"down"}"""), "Unhandled")));
        _session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -OnFailureDestination arn:aws:s3:::given-up -StartingPosition TrimHorizon -BatchSize 10 -MaximumRetryAttempts 0 -SkipPolicy").ThrowIfFailed();
        await _session.Lambda.EventSourceMappings.Values.Single().WhenIdleAsync(TestContext.Current.CancellationToken);
        _session.Run($"Get-FanOutSource -SourceArn {CloudSession.Orders} | Disconnect-FanOutSource -Confirm:$false").ThrowIfFailed();
        string[] files = [.. _bucket.Objects.Select(static o => o.Key)];
        _session.Forget();

        PSObject estimate = _session.Run($"{Replay} audit -WhatIf").Only();
        Assert.Empty(_session.Changes);
        PSObject summary = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Only();
        PSObject again = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Only();

        Assert.InRange(files.Length, 3, 25);
        Assert.Equal(("Estimated", "1"), (Text(estimate, "State"), Text(estimate, "Shards")));
        Assert.InRange((long)estimate.Properties["Records"].Value, 20, 30);
        Assert.Equal(("Complete", "25", "25", "1", "s3://given-up"), (Text(summary, "State"), Text(summary, "Records"), Text(summary, "Delivered"), Text(summary, "ShardsDone"), Text(summary, "Path")));
        Assert.Equal("Complete", Text(again, "State"));
        Assert.Equal(Enumerable.Range(1, 25), Arrived("audit").Order());
        Assert.Equal(files, _bucket.Objects.Select(static o => o.Key));
        Assert.DoesNotContain(_session.Calls, static c => c.StartsWith("kinesis:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("s3://given-up/aws/lambda/m1")]
    [InlineData("s3://given-up/aws/lambda/m1/shardId-000000000000")]
    [InlineData("arn:aws:s3:::given-up")]
    public void A_part_of_a_bucket_can_be_named(string path)
    {
        File(Noon, "m1", Shard, 1, 2);

        _session.Run($"{Replay} audit".Replace("s3://given-up", path, StringComparison.Ordinal)).ThrowIfFailed();

        Assert.Equal([1, 2], Arrived("audit").Order());
    }

    [Fact]
    public void Files_go_in_their_order_over_mappings_seconds_and_shards()
    {
        _session.Cloud.Kinesis.CreateStream("copy");
        _session.Run($"Register-FanOutTarget kinesis copy copy -SourceArn {CloudSession.Orders} -Parallel:$false").ThrowIfFailed();
        File(Noon.AddSeconds(3), "m2", "shardId-000000000001", 6);
        File(Noon.AddSeconds(3), "m2", Shard, 5);
        File(Noon.AddSeconds(1), "m2", Shard, 4);
        File(Noon.AddSeconds(1), "m1", Shard, 3);
        File(Noon.AddSeconds(1), "m2", Shard, 2);
        File(Noon, "m2", Shard, 1);

        _session.Run($"{Replay} copy").ThrowIfFailed();

        Assert.Equal([1, 2, 3, 4, 5, 6], _session.Cloud.Kinesis.Received.Select(static a => NumberOf(a.Data.Span)));
    }

    [Fact]
    public void A_time_is_that_of_the_records_and_a_shard_is_the_files()
    {
        File(Noon, "m1", Shard, 1, 2, 3, 4);
        File(Noon, "m1", "shardId-000000000001", 5);

        PSObject summary = _session.Run($"{Replay} audit -ShardId {Shard} -From '{At(2):o}' -To '{At(3):o}'").Only();

        Assert.Equal([2, 3], Arrived("audit").Order());
        Assert.Equal(("Complete", "1"), (Text(summary, "State"), Text(summary, "Shards")));
    }

    [Fact]
    public void Files_that_are_none_or_of_others_are_left_out_and_told()
    {
        File(Noon, "m1", Shard, 1);
        File(Noon.AddSeconds(1), "m1", Shard, [2], "arn:aws:kinesis:us-east-1:123456789012:stream/others");
        _session.Cloud.S3.Put("given-up", "notes.txt", "hello");

        PowerShellResult result = _session.Run($"{Replay} audit").ThrowIfFailed();

        Assert.Equal([1], Arrived("audit"));
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith("1 of the objects in s3://given-up are by their names no files", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("1 of the files in s3://given-up are of other sources, and were left out: arn:aws:kinesis:us-east-1:123456789012:stream/others.", result.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_that_is_said() =>
        Assert.Equal("No files of what Lambda gave up were found in s3://given-up: is the prefix right?", Assert.Single(_session.Run($"{Replay} audit").ThrowIfFailed().Warnings));

    [Fact]
    public void What_sends_nothing_says_why()
    {
        File(Noon, "m1", Shard, 1);

        PowerShellResult early = _session.Run($"{Replay} audit -From '{At(-9):o}' -To '{At(-8):o}'").ThrowIfFailed();
        _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").ThrowIfFailed();
        PowerShellResult again = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").ThrowIfFailed();

        Assert.StartsWith("Nothing was sent: no record of s3://given-up came between ", Assert.Single(early.Warnings), StringComparison.Ordinal);
        Assert.Equal($"Nothing was sent: by {Checkpoint} this replay was complete already. Without it, or with another -Checkpoint, it begins anew.", Assert.Single(again.Warnings));
    }

    [Theory]
    [InlineData("no json", "It is no JSON")]
    [InlineData("""{"requestContext":{"condition":"RetryAttemptsExhausted"},"KinesisBatchInfo":{"streamArn":"arn:aws:kinesis:us-east-1:123456789012:stream/orders","startSequenceNumber":"2"}}""", "only where a batch lies")]
    public void A_file_that_holds_no_event_stops_its_shard_until_it_is_away(string text, string words)
    {
        File(Noon, "m1", Shard, 1);
        string bad = $"aws/lambda/m1/{Shard}/2026/11/25/2026-11-25T12.00.01-x";
        _session.Cloud.S3.Put("given-up", bad, text);
        File(Noon.AddSeconds(2), "m1", Shard, 3);
        File(Noon, "m1", "shardId-000000000001", 4);

        PowerShellResult stopped = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'");
        ErrorRecord error = stopped.Error();
        Assert.StartsWith("ReplayStopped,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(bad, $"{error}", StringComparison.Ordinal);
        Assert.Contains(words, $"{error}", StringComparison.Ordinal);
        Assert.Contains("Get-FanOutDeadLetter shows", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("Stopped", Text(Assert.Single(stopped.Output), "State"));
        Assert.Equal([1, 4], Arrived("audit").Order());

        Remove(bad);
        Assert.Equal("Complete", Text(_session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Only(), "State"));
        Assert.Equal([1, 3, 4], Arrived("audit").Order());
    }

    /// <summary>What cannot be sent is named by whoever comes upon it, with the same reason.</summary>
    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData(" ", "It is no JSON.")]
    [InlineData("no json", "It is no JSON.")]
    [InlineData("{}", "It is neither an envelope of FanOut nor what Lambda tells")]
    [InlineData("[]", null)]
    [InlineData("\"payload\":\"no json\"", "The event in it has no records.")]
    [InlineData("\"payload\":\"[]\"", "The event in it has no records.")]
    [InlineData("\"payload\":\"{}\"", "The event in it has no records.")]
    [InlineData("\"payload\":\"{\\\"Records\\\":[]}\"", "The event in it has no records.")]
    [InlineData("\"payload\":{\"Records\":{}}", "The event in it has no records.")]
    public void A_file_that_holds_nothing_to_send_is_told_by_all(string text, string? problem)
    {
        string body = text.StartsWith("\"payload", StringComparison.Ordinal)
            ? $$$"""{"requestContext":{"condition":"RetryAttemptsExhausted"},"KinesisBatchInfo":{"streamArn":"{{{CloudSession.Orders}}}","startSequenceNumber":"2","batchSize":3},{{{text}}}}"""
            : text;
        string bad = $"of/mine/{Shard}/2026/11/25/2026-11-25T12.00.01-x";
        _session.Cloud.S3.Put("given-up", bad, body);

        ErrorRecord replay = _session.Run($"{Replay} audit").Error();
        PSObject letter = _session.Run("Get-FanOutDeadLetter s3://given-up").Only();
        ErrorRecord resume = _session.Run("Resume-FanOutDeadLetter s3://given-up").Error();

        Assert.Equal(bad, Text(letter, "ObjectKey"));
        Assert.StartsWith("LetterNotReadable,", resume.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All([$"{replay}", $"{resume}"], e => Assert.Contains(bad, e, StringComparison.Ordinal));
        Assert.All([$"{replay}", $"{resume}", Text(letter, "Problem")], e => Assert.Contains(problem ?? "It", e, StringComparison.OrdinalIgnoreCase));
        Assert.Single(_bucket.Objects);
        Assert.Empty(_session.Cloud.Sqs.Received);
    }

    [Fact]
    public void A_folder_is_no_letter()
    {
        _session.Cloud.S3.Put("given-up", "aws/lambda/m1/", "");

        Assert.Empty(_session.Run("Get-FanOutDeadLetter s3://given-up").ThrowIfFailed().Output);
    }

    [Fact]
    public void What_stopped_within_a_file_of_a_second_with_several_goes_on_there_also_where_one_was_added()
    {
        File(Noon, "m1", Shard, [.. Enumerable.Range(11, 15)]);
        File(Noon, "m1", Shard, 1, 2);
        Fault denied = _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Where = static c => c.Request.Text.Contains(":22}", StringComparison.Ordinal) });
        _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Error();
        _session.Cloud.Faults.Remove(denied);
        File(Noon, "m2", Shard, 5, 6);

        PSObject summary = _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").Only();

        Assert.Equal("Complete", Text(summary, "State"));
        Assert.Equal([1, 2, 5, 6, .. Enumerable.Range(11, 15)], Arrived("audit").Order());
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/failed")]
    [InlineData("./letters.ndjson")]
    public void What_is_no_bucket_is_an_error(string path)
    {
        ErrorRecord error = _session.Run($"Invoke-FanOutReplay audit -SourceArn {CloudSession.Orders} -Path {path}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("s3://bucket/prefix", $"{error}", StringComparison.Ordinal);
        Assert.Contains("Resume-FanOutDeadLetter", $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_files_is_none_of_the_stream()
    {
        File(Noon, "m1", Shard, 1);
        _session.Run($"{Replay} audit -Checkpoint '{Checkpoint}'").ThrowIfFailed();

        ErrorRecord error = _session.Run($"Invoke-FanOutReplay audit -SourceArn {CloudSession.Orders} -Checkpoint '{Checkpoint}'").Error();

        Assert.StartsWith("CheckpointMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("give -Path s3://given-up", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    // A record of a number came so many seconds after the year had begun.
    private static DateTimeOffset At(int number) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number);

    private static string Json(int number) => $$"""{"n":{{number}}}""";

    private static string Text(PSObject item, string property) => $"{item.Properties[property].Value}";

    private static int NumberOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        return JsonElement.ParseValue(ref reader).GetProperty("n").GetInt32();
    }

    private void File(DateTimeOffset at, string mapping, string shard, params int[] numbers) => File(at, mapping, shard, numbers, CloudSession.Orders);

    private void File(DateTimeOffset at, string mapping, string shard, int[] numbers, string arn)
    {
        var batch = new DiscardedBatch
        {
            RequestId = "r", FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout", Condition = DiscardedBatch.RetryAttemptsExhausted, ApproximateInvokeCount = 3,
            Timestamp = at, StreamArn = arn, ShardId = shard, StartSequenceNumber = $"{numbers[0]}", EndSequenceNumber = $"{numbers[^1]}",
            ApproximateArrivalOfFirstRecord = At(numbers[0]), ApproximateArrivalOfLastRecord = At(numbers[^1]), BatchSize = numbers.Length,
            Payload = () => LambdaEvent.Of(numbers.Select(n => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Json(n)), "k", $"{n}", arn, At(n)))),
        };
        _session.Cloud.S3.Put("given-up", string.Create(CultureInfo.InvariantCulture, $"aws/lambda/{mapping}/{shard}/{at:yyyy/MM/dd}/{at:yyyy-MM-dd'T'HH.mm.ss}-{Guid.NewGuid()}"), Encoding.UTF8.GetString(batch.ToJsonWithPayload()));
    }

    private void Remove(string key) => _session.Cloud.S3.Delete("given-up", key);

    private IEnumerable<int> Arrived(string queue) =>
        _session.Cloud.Sqs.Received.Where(a => a.IsFor(queue)).Select(static a => NumberOf(a.Data.Span));
}
