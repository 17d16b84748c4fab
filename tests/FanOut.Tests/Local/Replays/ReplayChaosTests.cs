using System.Globalization;
using System.Text;
using FanOut.Credentials;
using FanOut.DeadLetters;
using FanOut.DeadLetters.Replays;
using FanOut.Engine.Mappings;
using FanOut.Local;
using FanOut.Local.Replays;
using FanOut.Local.Streams;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.Tests.LocalCloud;
using FanOut.Tests.Sources;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Local.Replays;

/// <summary>
/// Replays that are killed and stopped at random moments and go on from their checkpoints, two at a time, with faults at the stream and at the targets:
/// nothing is lost, and each key's records arrive in their order, but for what comes again from the last checkpoint on.
/// </summary>
public sealed class ReplayChaosTests : CloudTests
{
    private static readonly BucketDestination Bucket = new("s3://given-up/of/mine", "given-up", "of/mine", null);

    private const int Records = 900, Keys = 40, MostRuns = 400;

    private readonly AwsSession _session;
    private readonly QuickTime _time = new(20);
    private readonly TemporaryFolder _folder = new();

    public ReplayChaosTests() => _session = SourceTests.Open(Cloud.Endpoint);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Nothing_is_lost_and_the_order_is_kept(int seed, bool areFiles)
    {
        KinesisStream stream = Source(new Random(seed));
        if (areFiles)
        {
            GiveUp(stream, new Random(seed));
        }

        Fault[] faults = [.. Troubles().Select(Cloud.Faults.Add)];

        int[] runs = await Task.WhenAll(Enumerable.Range(1, 2).Select(n => Task.Run(() => ReplayAsync(stream, n, areFiles, new Random((seed * 10) + n)))));

        Assert.All(runs, static r => Assert.InRange(r, 2, MostRuns - 1));
        Assert.Contains(faults, f => Cloud.Faults.Strikes(f) > 0);
        foreach (int n in new[] { 1, 2 })
        {
            int[] inOrder = [.. Cloud.Kinesis.Received.Where(a => a.Destination.EndsWith($"/copy-{n}", StringComparison.Ordinal)).Select(static a => int.Parse(a.Text, null))];
            int[] inAny = [.. Cloud.Sqs.Received.Where(a => a.Destination.EndsWith($":audit-{n}", StringComparison.Ordinal)).Select(static a => int.Parse(a.Text, null))];

            Assert.Equal(Enumerable.Range(0, Records), inOrder.Distinct().Order());
            Assert.Equal(Enumerable.Range(0, Records), inAny.Distinct().Order());
            Assert.All(inOrder.Distinct().GroupBy(static i => i % Keys), static k => Assert.Equal(k.Order(), k));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_kills_and_faults_nothing_is_sent_twice(bool areFiles)
    {
        KinesisStream stream = Source(new Random(5));
        if (areFiles)
        {
            GiveUp(stream, new Random(5));
        }

        ReplayRequest request = Request(stream, 1);
        var state = new ReplayState();

        Assert.True(await RunAsync(stream, areFiles, request, state, new ReplayNews(), Cancellation));

        Assert.Equal(Records, Cloud.Kinesis.Received.Count(static a => a.Destination.EndsWith("/copy-1", StringComparison.Ordinal)));
        Assert.Equal(Records, Cloud.Sqs.Received.Count);
        Assert.Equal((Records, 2L * Records), (state.Counts.Records, state.Counts.Delivered));
        Assert.All(state.Shards.Values, static s => Assert.True(s.IsDone));
    }

    // Runs until all is done: each run is stopped at a random moment, and killed half of the times, so that what it did since its last checkpoint is forgotten.
    private async Task<int> ReplayAsync(KinesisStream stream, int number, bool areFiles, Random random)
    {
        string path = Path.Join(_folder.Path, $"{number}.json");
        ReplayRequest request = Request(stream, number);
        for (int run = 1; run < MostRuns; run++)
        {
            ReplayCheckpoint? before = CheckpointFile.Read(path);
            using var file = new CheckpointFile(path);
            var state = new ReplayState(before?.Shards, before?.Counts);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            object gate = new();
            bool hasEnded = false;
            Fault moment = Cloud.Faults.Add(new Fault
            {
                Kind = FaultKind.Throttle,
                Where = call =>
                {
                    lock (gate)
                    {
                        // Calls that were given up may still come.
                        if (hasEnded)
                        {
                            return false;
                        }

                        if (random.NextDouble() < 0.2)
                        {
                            file.Write(Checkpoint(request, state, isComplete: false));
                        }

                        if (random.NextDouble() < 0.02)
                        {
                            stop.Cancel();
                        }
                    }

                    return false;
                },
            });
            bool isWhole = await RunAsync(stream, areFiles, request, state, new ReplayNews(), stop.Token);
            Cloud.Faults.Remove(moment);
            lock (gate)
            {
                hasEnded = true;
                if (isWhole || random.NextDouble() < 0.5)
                {
                    file.Write(Checkpoint(request, state, isWhole));
                }
            }

            if (isWhole)
            {
                return run;
            }
        }

        return MostRuns;
    }

    private async Task<bool> RunAsync(KinesisStream stream, bool areFiles, ReplayRequest request, ReplayState state, ReplayNews news, CancellationToken stop)
    {
        IReplaySource source;
        LocalTargets targets;
        lock (_session)
        {
            source = areFiles ? new FileSource(new BucketLetters(_session, Bucket, null), stream.Arn, new Random(1)) : new StreamSource(OpenStream.Of(_session, stream.Arn), _time, new Random(1));
            targets = new LocalTargets(_session, "fanout", _time);
        }

        using (source)
        await using (targets)
        {
            try
            {
                return await new RunReplay(source, new LocalEngine(targets, _time, new Random(1)), request, state, news, _time).RunAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static ReplayRequest Request(KinesisStream stream, int number) => new(
        stream.Arn,
        [
            TestTargets.Mapping(TargetType.Kinesis, $"arn:aws:kinesis:us-east-1:123456789012:stream/copy-{number}", "copy") with { SourceArn = stream.Arn, Parallel = false, OnFailure = OnFailure.Block },
            TestTargets.Mapping(TargetType.Sqs, $"arn:aws:sqs:us-east-1:123456789012:audit-{number}", "audit") with { SourceArn = stream.Arn, Collapse = Collapse.None, OnFailure = OnFailure.Block },
        ],
        ReplayStart.Of("TrimHorizon")!,
        ReplayEnd.Of("2100-01-01T00:00:00Z")!)
    {
        ShardsAtATime = 3,
    };

    private static ReplayCheckpoint Checkpoint(ReplayRequest request, ReplayState state, bool isComplete) =>
        new() { SourceArn = request.SourceArn, From = request.From.ToString(), To = request.To.ToString(), IsComplete = isComplete, Shards = state.Shards, Counts = state.Counts };

    private KinesisStream Source(Random random)
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("source", shards: 2);
        foreach (int n in new[] { 1, 2 })
        {
            Cloud.Kinesis.CreateStream($"copy-{n}");
            Cloud.Sqs.CreateQueue($"audit-{n}");
        }

        for (int i = 0; i < Records; i++)
        {
            stream.Put($"key {i % Keys}", Encoding.UTF8.GetBytes($"{i}"));
            if (i % 150 == 149)
            {
                KinesisShard[] open = [.. stream.Shards.Where(static s => !s.IsClosed).OrderBy(static s => s.StartingHashKey)];
                int at = random.Next(open.Length);
                if (i % 300 == 149 || at == open.Length - 1)
                {
                    stream.Split(open[at].Id);
                }
                else
                {
                    stream.Merge(open[at].Id, open[at + 1].Id);
                }
            }
        }

        return stream;
    }

    // As if Lambda had given up all of it: in batches, with two event source mappings after each other, and several files in a second.
    private void GiveUp(KinesisStream stream, Random random)
    {
        Cloud.S3.CreateBucket(Bucket.Bucket);
        foreach (KinesisShard shard in stream.Shards)
        {
            foreach (KinesisRecord[] batch in shard.Records.Chunk(7))
            {
                int last = int.Parse(Encoding.UTF8.GetString(batch[^1].Data.Span), null);
                DateTimeOffset at = new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(last / 60);
                var report = new DiscardedBatch
                {
                    RequestId = "r", FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout", Condition = DiscardedBatch.RetryAttemptsExhausted, ApproximateInvokeCount = 3,
                    Timestamp = at, StreamArn = stream.Arn, ShardId = shard.Id, StartSequenceNumber = batch[0].SequenceNumber, EndSequenceNumber = batch[^1].SequenceNumber,
                    ApproximateArrivalOfFirstRecord = at, ApproximateArrivalOfLastRecord = at, BatchSize = batch.Length,
                    Payload = () => LambdaEvent.Of(batch.Select(r => LambdaEvent.Kinesis(r.Data.Span, r.PartitionKey, r.SequenceNumber, stream.Arn))),
                };
                string mapping = last < Records / 2 ? "first" : "a-second";
                Cloud.S3.Put(Bucket.Bucket, string.Create(CultureInfo.InvariantCulture, $"{Bucket.Prefix}/aws/lambda/{mapping}/{shard.Id}/{at:yyyy/MM/dd}/{at:yyyy-MM-dd'T'HH.mm.ss}-{random.Next():x8}"), Encoding.UTF8.GetString(report.ToJsonWithPayload()));
            }
        }
    }

    private static IEnumerable<Fault> Troubles()
    {
        yield return new Fault { Kind = FaultKind.Throttle, Operation = "GetObject", Probability = 0.05 };
        yield return new Fault { Kind = FaultKind.Throttle, Operation = "GetRecords", Code = "ProvisionedThroughputExceededException", Probability = 0.02 };
        yield return new Fault { Kind = FaultKind.RefuseItems, Service = "kinesis", Probability = 0.2, ItemProbability = 0.2 };
        yield return new Fault { Kind = FaultKind.RefuseItems, Service = "sqs", Probability = 0.2, ItemProbability = 0.3 };
        yield return new Fault { Kind = FaultKind.Throttle, Service = "sqs", Probability = 0.05 };
        yield return new Fault { Kind = FaultKind.CloseBeforeAnswer, Moment = FaultMoment.After, Service = "sqs", Probability = 0.03 };
        yield return new Fault { Kind = FaultKind.ServerError, Operation = "PutRecords", Probability = 0.05 };
    }
}
