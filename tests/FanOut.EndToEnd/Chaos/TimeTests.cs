using System.Text.Json.Nodes;
using FanOut.EndToEnd.Bootstrap;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Chaos;

/// <summary>The function's program, with targets that would keep it for ever. What Lambda would do to it when the time is up, the runtime here does: the invocation would have a FunctionError.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class TimeTests
{
    private const int Count = 30, Healthy = 10;

    [Fact]
    public async Task Targets_that_hang_drip_or_accept_no_connection_keep_neither_the_answer_nor_the_others()
    {
        await using var chaos = new ChaosCloud();
        Cloud cloud = chaos.Cloud;
        string source = StreamEvent.StreamArn("slow");
        var records = new ChaosRecords(source, "slow", 7);
        using var deaf = new DeafHost();
        await using var hanging = new CloudPlace(cloud, chaos.Lambda, "sqs", "hanging");
        await using var dripping = new CloudPlace(cloud, chaos.Lambda, "kinesis", "dripping");
        cloud.Faults.Add(new Fault { Kind = FaultKind.Hang, Destination = "hanging" });
        cloud.Faults.Add(new Fault { Kind = FaultKind.Drip, Destination = "dripping", Delay = TimeSpan.FromSeconds(2) });

        // Named so that they come first, two at a time.
        chaos.Map(source, "a1", "sqs", hanging.Destination, isParallel: true);
        chaos.Map(source, "a2", "kinesis", dripping.Destination, isParallel: false);
        chaos.Map(source, "a3", "es", $"http://127.0.0.1:{deaf.Port}#orders", isParallel: true);
        chaos.Map(source, "a4", "memcached", $"127.0.0.1:{deaf.Port}", isParallel: true);
        chaos.Map(source, "a5", "redis", $"127.0.0.1:{deaf.Port}", isParallel: true);
        var healthy = Enumerable.Range(0, Healthy).Select(i => new CloudPlace(cloud, chaos.Lambda, "firehose", $"healthy-{i}")).ToList();
        healthy.ForEach(h => chaos.Map(source, $"h-{healthy.IndexOf(h)}", "firehose", h.Destination, isParallel: true));
        await using var function = new LocalFunction(new LocalFunctionOptions
        {
            Name = "fanout",
            Program = BootstrapProgram.Path,
            EndpointUrl = cloud.Endpoint,
            Timeout = TimeSpan.FromSeconds(7),
            Environment = new Dictionary<string, string>
            {
                ["FANOUT_TABLE"] = ChaosCloud.TableName,
                ["FANOUT_BATCH_ITEM_FAILURES"] = "true",
                ["FANOUT_PARALLEL_TARGETS"] = "2",
                ["FANOUT_METRICS"] = "none",
            },
        });

        for (int delivery = 0; delivery < 2; delivery++)
        {
            InvocationResult answer = await function.InvokeAsync(records.Event([.. Enumerable.Range(0, Count)]), TestContext.Current.CancellationToken);

            Assert.Equal((null, Count), (answer.FunctionError, FailedOf(answer).Length));
            Assert.EndsWith("0000000000000", FailedOf(answer)[0], StringComparison.Ordinal);
        }

        Assert.All(healthy, h => Assert.Equal(Enumerable.Range(0, Count), h.Arrivals().Order()));
        Assert.Contains("NoAnswer", string.Join('\n', function.Log.Lines), StringComparison.Ordinal);
    }

    private static string[] FailedOf(InvocationResult answer) =>
        [.. JsonNode.Parse(answer.Payload.Span)!["batchItemFailures"]!.AsArray().Select(static f => (string)f!["itemIdentifier"]!)];
}
