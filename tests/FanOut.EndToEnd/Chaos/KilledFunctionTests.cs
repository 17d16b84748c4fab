using System.Text;
using FanOut.EndToEnd.Bootstrap;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Chaos;

/// <summary>The function's process is killed in the middle of batches; the event source mapping sends them again.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class KilledFunctionTests(ITestOutputHelper output)
{
    private const int Count = 3000, Batch = 300, Keys = 60, Shards = 2, Kills = 4;

    [Fact]
    public async Task Nothing_is_lost_only_batches_under_way_come_twice_and_first_arrivals_are_in_order()
    {
        await using var chaos = new ChaosCloud();
        Cloud cloud = chaos.Cloud;
        FanOut.LocalCloud.Kinesis.KinesisStream source = cloud.Kinesis.CreateStream("orders", Shards);
        var records = new ChaosRecords(source.Arn, "killed", Keys);
        await using var copy = new CloudPlace(cloud, chaos.Lambda, "kinesis", "copy");
        await using var queue = new CloudPlace(cloud, chaos.Lambda, "sqs", "queue");
        await using var archive = new CloudPlace(cloud, chaos.Lambda, "firehose", "archive");
        chaos.Map(source.Arn, "copy", "kinesis", copy.Destination, isParallel: false);
        chaos.Map(source.Arn, "queue", "sqs", queue.Destination, isParallel: true);
        chaos.Map(source.Arn, "archive", "firehose", archive.Destination, isParallel: true);

        // So long that a batch is under way when the other targets have got it.
        cloud.Faults.Add(new Fault { Kind = FaultKind.Slow, Service = "sqs", Delay = TimeSpan.FromMilliseconds(100) });
        for (int i = 0; i < Count; i++)
        {
            source.Put(records.KeyOf(i), Encoding.UTF8.GetBytes(records.DataOf(i)));
        }

        await using LocalFunction function = Function(chaos);
        chaos.Lambda.Add(function);
        EventSourceMapping mapping = chaos.Lambda.CreateEventSourceMapping(source.Arn, "fanout", new EventSourceMappingOptions
        {
            BatchSize = Batch,
            ReportBatchItemFailures = true,
            RetryBaseDelay = TimeSpan.FromMilliseconds(10),
            RetryMaximumDelay = TimeSpan.FromMilliseconds(100),
        });
        for (int kill = 0; kill < Kills; kill++)
        {
            int before = cloud.Firehose.Received.Count;
            await cloud.Firehose.Received.WaitForAsync(before + Batch, TestContext.Current.CancellationToken);
            function.Kill();
        }

        await mapping.WhenIdleAsync(TestContext.Current.CancellationToken);

        int[] twice = [.. new IPlace[] { copy, queue, archive }.Select(place => Duplicates(place.Arrivals()))];
        CheckFirstArrivals(records, copy.Arrivals());
        Assert.InRange(function.ProcessesStarted, 2, Shards * (Kills + 1));
        Assert.InRange(twice.Sum(), 1, int.MaxValue);
        Assert.All(twice, t => Assert.InRange(t, 0, Kills * Shards * Batch));
        Figures.Write(output, "killed", FormattableString.Invariant(
            $"killed: {Kills} times in {Count} records, {function.ProcessesStarted} processes; duplicates {string.Join(" + ", twice)} at three targets, 0 lost"));
    }

    private static LocalFunction Function(ChaosCloud chaos) => new(new LocalFunctionOptions
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = chaos.Cloud.Endpoint,
        Timeout = TimeSpan.FromSeconds(60),
        Environment = new Dictionary<string, string>
        {
            ["FANOUT_TABLE"] = ChaosCloud.TableName,
            ["FANOUT_BATCH_ITEM_FAILURES"] = "true",
            ["FANOUT_METRICS"] = "none",
        },
    });

    private static int Duplicates(IReadOnlyList<int> arrivals)
    {
        Assert.Equal(Enumerable.Range(0, Count), arrivals.Distinct().Order());
        return arrivals.Count - Count;
    }

    private static void CheckFirstArrivals(ChaosRecords records, IReadOnlyList<int> arrivals)
    {
        foreach (IGrouping<string, int> key in arrivals.Distinct().GroupBy(records.KeyOf))
        {
            Assert.Equal(key.Order(), key);
        }
    }
}
