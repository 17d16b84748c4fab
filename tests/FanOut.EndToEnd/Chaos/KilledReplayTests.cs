using System.Text;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Chaos;

/// <summary>PowerShells that replay a stream, two at a time, and are killed at random moments while the targets refuse some of it: nothing is lost.</summary>
public sealed class KilledReplayTests : IAsyncDisposable
{
    private const int Count = 6_000, Kills = 3;

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(11);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nothing_is_lost_when_a_replay_is_killed_and_goes_on()
    {
        await SkipWithoutPwshAsync();
        var orders = _session.Cloud.Kinesis.Find("orders")!;
        orders.Split(orders.Shards[0].Id);
        for (int i = 0; i < Count; i++)
        {
            orders.Put($"key {i % 50}", Encoding.UTF8.GetBytes($"{i}"));
        }

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "sqs", Probability = 0.1, ItemProbability = 0.3 });
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.ServerError, Service = "sqs", Probability = 0.05 });
        foreach (string queue in new[] { "one", "two" })
        {
            _session.Cloud.Sqs.CreateQueue(queue);
            _session.Register(queue, "-Collapse none -WarningAction Ignore");
        }

        await Task.WhenAll(ReplayAsync("one"), ReplayAsync("two"));

        foreach (string queue in new[] { "one", "two" })
        {
            int[] arrived = [.. _session.Cloud.Sqs.Received.Where(a => a.Destination.EndsWith(":" + queue, StringComparison.Ordinal)).Select(static a => int.Parse(a.Text, null))];
            Assert.Equal(Enumerable.Range(0, Count), arrived.Distinct().Order());

            // Each kill may repeat what was under way and what the last checkpoint did not have; not all from the beginning.
            Assert.InRange(arrived.Length, Count, (Kills + 1) * Count);
        }
    }

    [Fact]
    public async Task A_replay_that_stops_ends_its_process_with_an_error()
    {
        await SkipWithoutPwshAsync();
        _session.Cloud.Kinesis.Find("orders")!.Put("key", "1"u8.ToArray());
        _session.Cloud.Sqs.CreateQueue("one");
        _session.Register("one", "-WarningAction Ignore");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs" });

        ProgramRun run = await RunAsync("one", Cancellation);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'one' did not take it", run.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private async Task ReplayAsync(string queue)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            int left;
            lock (_random)
            {
                left = _random.Next(1, 150);
            }

            Fault moment = _session.Cloud.Faults.Add(new Fault
            {
                Kind = FaultKind.Throttle,
                Service = "sqs",
                Destination = queue,
                Where = _ =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        end.Cancel();
                    }

                    return false;
                },
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(queue, end.Token));
            _session.Cloud.Faults.Remove(moment);
        }

        ProgramRun run = await RunAsync(queue, Cancellation);
        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("Complete", run.Output, StringComparison.Ordinal);
    }

    private Task<ProgramRun> RunAsync(string queue, CancellationToken cancellationToken) => PwshRun.OfAsync(
        PwshRun.Tool,
        [
            "-Command",
            $"Import-Module '{Path.Join(Checkout.Root, "FanOut.psd1")}'; Invoke-FanOutReplay {queue} -SourceArn {CloudSession.Orders} -From TrimHorizon -Checkpoint '{Path.Join(_folder.Path, queue + ".json")}' "
            + $"-EndpointUrl {_session.Cloud.Endpoint} -Region us-east-1 -AccessKey AKIATESTSOFFANOUT000 -SecretKey {CloudSession.Secret}",
        ],
        cancellationToken);

    private static async Task SkipWithoutPwshAsync()
    {
        if (await PwshRun.ToolVersionAsync() is { ExitCode: not 0 } failed)
        {
            ServerMissing.EndTest("The pwsh of .config/dotnet-tools.json", $"dotnet tool restore. ({failed.Text.Trim()})");
        }
    }
}
