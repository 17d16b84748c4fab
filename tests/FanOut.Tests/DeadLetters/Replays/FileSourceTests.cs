using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.DeadLetters;
using FanOut.DeadLetters.Replays;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;
using FanOut.Local.Replays;
using FanOut.Local.Streams;
using FanOut.Tests.LocalCloud;
using FanOut.Tests.Sources;
using FanOut.Tests.Targets;

namespace FanOut.Tests.DeadLetters.Replays;

/// <summary>How many records a replay of files is said to have: before it, while it runs, and when it goes on.</summary>
public sealed class FileSourceTests : CloudTests
{
    private const int PerShard = 12, PerFile = 100, All = 2 * PerShard * PerFile;

    private static readonly BucketDestination Bucket = new("s3://given-up", "given-up", "", null);
    private static readonly string[] Shards = ["shardId-000000000000", "shardId-000000000001"];
    private static readonly DateTimeOffset First = new(2026, 11, 25, 16, 0, 0, TimeSpan.Zero);

    private readonly FileSource _source;

    // A file a minute and shard; its records came at its own time.
    public FileSourceTests()
    {
        Cloud.S3.CreateBucket(Bucket.Bucket);
        for (int i = 0; i < PerShard; i++)
        {
            DateTimeOffset at = First.AddMinutes(i);
            foreach (string shard in Shards)
            {
                string payload = Encoding.UTF8.GetString(LambdaEvent.Of(Enumerable.Range(1, PerFile).Select(n => LambdaEvent.Kinesis("{}"u8, "k", $"{1000 + (i * PerFile) + n}", LambdaEvent.Stream, at))));
                Cloud.S3.Put(
                    Bucket.Bucket,
                    string.Create(CultureInfo.InvariantCulture, $"aws/lambda/m/{shard}/{at:yyyy/MM/dd}/{at:yyyy-MM-dd'T'HH.mm.ss}-x"),
                    $$$"""{"requestContext":{"condition":"RetryAttemptsExhausted"},"KinesisBatchInfo":{"streamArn":"{{{LambdaEvent.Stream}}}"},"payload":"{{{JsonEncodedText.Encode(payload, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}}"}""");
            }
        }

        _source = new FileSource(new BucketLetters(SourceTests.Open(Cloud.Endpoint), Bucket, null), LambdaEvent.Stream, new Random(1));
    }

    [Fact]
    public async Task The_total_is_the_estimate_s_from_the_first_file_on_and_ends_with_what_there_is()
    {
        ReplayRequest request = Request("TrimHorizon");
        ReplaySample sample = await _source.SampleAsync(request, Cancellation);
        var state = new ReplayState();
        Assert.Null(Total(state, request));

        foreach (string shard in Shards)
        {
            await foreach (StreamPage page in _source.ReadAsync(shard, request, state.Of(shard), Cancellation))
            {
                // What was handed out is sent later, and the next page is read meanwhile.
                Assert.InRange(Total(state, request)!.Value, All - 2, All + 2);
                Settle(state, shard, page);
            }

            state.Change(shard, static s => s with { IsDone = true });
        }

        Assert.InRange(sample.Records, All - 2, All + 2);
        Assert.Equal(All, Total(state, request));
    }

    [Fact]
    public async Task What_earlier_runs_have_settled_is_in_the_total_once()
    {
        ReplayRequest request = Request("TrimHorizon");
        var before = new ReplayState();
        await _source.ListShardsAsync(Cancellation);
        int pages = 0;
        await foreach (StreamPage page in _source.ReadAsync(Shards[0], request, before.Of(Shards[0]), Cancellation))
        {
            // The fifth file is half done.
            IReadOnlyList<EventRecord> records = ++pages < 5 ? page.Records : [.. page.Records.Take(PerFile / 2)];
            Settle(before, Shards[0], page with { Records = records });
            if (pages == 5)
            {
                break;
            }
        }

        using FileSource again = new(new BucketLetters(SourceTests.Open(Cloud.Endpoint), Bucket, null), LambdaEvent.Stream, new Random(1));
        var state = new ReplayState(before.Shards, before.Counts);
        var measure = new MeasureReplay(again, request, before.Counts.Records, Time);
        await again.ListShardsAsync(Cancellation);
        List<long> totals = [];
        foreach (string shard in Shards)
        {
            await foreach (StreamPage page in again.ReadAsync(shard, request, state.Of(shard), Cancellation))
            {
                totals.Add(measure.TotalOf(state, Shards.Length)!.Value);
                Assert.InRange(state.Counts.Records, 0, totals[^1]);
                Settle(state, shard, page);
            }
        }

        Assert.Equal(450, before.Counts.Records);
        Assert.All(totals, static t => Assert.InRange(t, All - 2, All + 2));
        Assert.Equal(All, state.Counts.Records);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_in_the_total()
    {
        ReplayRequest half = Request($"{First.AddMinutes(6):o}");
        ReplayRequest shard = Request("TrimHorizon") with { ShardIds = [Shards[1]] };
        var state = new ReplayState();

        ReplaySample ofHalf = await _source.SampleAsync(half, Cancellation), ofShard = await _source.SampleAsync(shard, Cancellation);
        await foreach (StreamPage page in _source.ReadAsync(Shards[1], shard, state.Of(Shards[1]), Cancellation))
        {
            Assert.InRange(Total(state, shard)!.Value, (All / 2) - 2, (All / 2) + 2);
        }

        // By eight files, of which some lie before the beginning.
        Assert.InRange(ofHalf.Records, All / 8, All * 7 / 8);
        Assert.InRange(ofShard.Records, (All / 2) - 2, (All / 2) + 2);
        Assert.Equal("8 of 12 files", ofShard.Basis);
    }

    private long? Total(ReplayState state, ReplayRequest request) => new MeasureReplay(_source, request, 0, Time).TotalOf(state, Shards.Length);

    private static void Settle(ReplayState state, string shard, StreamPage page)
    {
        if (page.Records.Count > 0)
        {
            state.Count(new ReplayCounts { Records = page.Records.Count });
            state.Change(shard, s => s.Behind(page.Records[0], page.Records[^1], page.Records.Count));
        }
    }

    private static ReplayRequest Request(string from) => new(
        LambdaEvent.Stream,
        [TestTargets.Mapping(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:audit", "audit") with { SourceArn = LambdaEvent.Stream }],
        ReplayStart.Of(from)!,
        ReplayEnd.Of("2100-01-01T00:00:00Z")!)
    {
        Path = "s3://given-up",
    };
}
