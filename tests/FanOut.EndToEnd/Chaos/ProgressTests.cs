using System.Text;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Batches that come again whole, and a table that does not take notes.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class ProgressTests : IAsyncDisposable
{
    private const int Count = 60;

    private readonly Random _random = new(1);
    private readonly ChaosCloud _chaos = new();
    private readonly string _source = StreamEvent.StreamArn("progress");
    private readonly CloudPlace _failing;
    private readonly CloudPlace _healthy;

    public ProgressTests()
    {
        _failing = new CloudPlace(_chaos.Cloud, _chaos.Lambda, "kinesis", "failing");
        _healthy = new CloudPlace(_chaos.Cloud, _chaos.Lambda, "sqs", "healthy");
        _chaos.Map(_source, "failing", "kinesis", _failing.Destination, isParallel: false, 300);
        _chaos.Map(_source, "healthy", "sqs", _healthy.Destination, isParallel: true);
    }

    [Theory]
    [InlineData(true, false, Cuts.Defaults)]
    [InlineData(true, false, Cuts.Halves)]
    [InlineData(false, false, Cuts.Halves)]
    [InlineData(true, true, Cuts.Defaults)]
    [InlineData(true, true, Cuts.Halves)]
    [InlineData(false, true, Cuts.Halves)]
    public async Task What_comes_again_goes_only_where_it_is_lacking_and_leaves_no_notes(bool reportsItems, bool isFresh, Cuts cuts)
    {
        EventSource events = await DeliverAsync(reportsItems, isFresh, cuts);

        Assert.Empty(events.ProgressProblems);
        Assert.Equal(Enumerable.Range(0, Count), _failing.Arrivals().Order());
        Assert.Equal(Enumerable.Range(0, Count), _healthy.Arrivals().Order());
        Assert.Equal(["failing", "healthy"], _chaos.Rows.Order());
    }

    [Theory]
    [InlineData("Query")]
    [InlineData("PutItem")]
    public async Task Without_notes_it_is_said_and_what_was_delivered_comes_again_but_nothing_is_lost(string operation)
    {
        _chaos.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.NotFound,
            Service = "dynamodb",
            Operation = operation,
            Where = static call => Encoding.UTF8.GetString(call.Request.Body.Span).Contains("#progress:", StringComparison.Ordinal),
        });

        EventSource events = await DeliverAsync(reportsItems: true, isFresh: false, Cuts.Defaults);

        Assert.NotEmpty(events.ProgressProblems);
        Assert.Equal(Enumerable.Range(0, Count), _failing.Arrivals().Distinct().Order());
        Assert.Equal(Enumerable.Range(0, Count), _healthy.Arrivals().Distinct().Order());
        Assert.InRange(_healthy.Arrivals().Count, Count + 1, int.MaxValue);
    }

    public ValueTask DisposeAsync() => _chaos.DisposeAsync();

    // Fresh: as the function has it by default, and at once again, sooner than Lambda would be.
    private async Task<EventSource> DeliverAsync(bool reportsItems, bool isFresh, Cuts cuts)
    {
        TimeSpan youngest = TimeSpan.FromSeconds(isFresh ? 2 : 0);
        await using ExecutionEnvironment one = _chaos.Environment(_random, reportsItems, youngest), other = _chaos.Environment(_random, reportsItems, youngest);
        var records = new ChaosRecords(_source, "progress", 6) { Arrived = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(isFresh ? 0 : 60) };
        var events = new EventSource(records, [one, other], TimeSpan.FromSeconds(6), cuts);
        await events.DeliverAsync([.. Enumerable.Range(0, Count)], delivery =>
        {
            if (delivery <= 3)
            {
                _failing.Trouble(Trouble.Denied, 2 * delivery, 1, []);
            }
            else
            {
                _failing.Mend();
            }
        });
        return events;
    }
}
