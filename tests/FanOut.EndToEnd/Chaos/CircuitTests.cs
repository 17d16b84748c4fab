using FanOut.EndToEnd.Engine;
using FanOut.Engine;
using FanOut.Engine.Delivery;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Circuits over several deliveries: a target that is out of reach is left alone; its records go to the dead letter at once, or wait where they block.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class CircuitTests : IAsyncDisposable
{
    private const int Count = 40;

    private static readonly TimeSpan Left = TimeSpan.FromSeconds(30);

    // Records that block wait for the target as long as there is time; this is too short for it.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(1);
    private readonly ChaosCloud _cloud = new();
    private readonly string _source = StreamEvent.StreamArn("circuit");

    [Theory]
    [InlineData("sqs", nameof(Trouble.Denied), false)]
    [InlineData("sqs", nameof(Trouble.Denied), true)]
    [InlineData("kinesis", nameof(Trouble.Deleted), false)]
    [InlineData("redis", nameof(Trouble.Deleted), true)]
    [InlineData("memcached", nameof(Trouble.Deleted), false)]
    [InlineData("memcached", nameof(Trouble.Deleted), true)]
    public async Task A_target_out_of_reach_is_left_alone_then_tried_with_one_call(string kind, string trouble, bool buries)
    {
        var records = new ChaosRecords(_source, "circuit", Count);
        await using IPlace failing = await _cloud.PlaceAsync(kind, "failing", _random), letters = await _cloud.PlaceAsync("sqs", "letters", _random);
        await using IPlace healthy = await _cloud.PlaceAsync("firehose", "healthy", _random);
        _cloud.Map(_source, "failing", kind, failing.Destination, isParallel: true, 300, buries ? letters.Destination : null);
        _cloud.Map(_source, "healthy", "firehose", healthy.Destination, isParallel: true);
        await using ExecutionEnvironment environment = _cloud.Environment(_random);
        failing.Trouble(Enum.Parse<Trouble>(trouble), 0, 1, []);

        // Two deliveries at most find out; from then on it is known.
        Outcome found = await InvokeAsync(0);
        found = found.Opened is null ? await InvokeAsync(0) : found;
        Outcome open = await InvokeAsync(1, buries ? Left : Short);
        environment.Time.Advance(TimeSpan.FromSeconds(11));
        Outcome tried = await InvokeAsync(2);
        environment.Time.Advance(TimeSpan.FromSeconds(11));
        Outcome stillOpen = await InvokeAsync(3, buries ? Left : Short);
        failing.Mend();
        if (buries)
        {
            environment.Time.Advance(TimeSpan.FromSeconds(10));
        }
        Outcome closed = await InvokeAsync(4);

        Assert.NotNull(found.Opened);
        Assert.All([open, stillOpen], o => Assert.Equal(("CircuitOpen", 0, 0), (Assert.Single(o.Failures).Key.Code, o.Calls, o.Undelivered.First().Attempts.Count)));
        Assert.Equal((1, true), (tried.Calls, tried.Opened is not null));
        Assert.Equal(Count, closed.Delivered);
        Assert.All([found, open, tried, stillOpen], o => Assert.Equal(!buries, o.IsFailed(0)));
        Assert.Equal(Enumerable.Range(4 * Count, Count), failing.Arrivals().Order());
        int[] buried = [.. letters.Arrivals().Distinct()];
        Assert.Equal(buries ? 4 * Count : 0, buried.Length);
        Assert.Equal(Enumerable.Range(0, 5 * Count), healthy.Arrivals().Distinct().Order());

        async Task<Outcome> InvokeAsync(int batch, TimeSpan? left = null)
        {
            GroupResult result = await environment.InvokeAsync(records.Event([.. Enumerable.Range(batch * Count, Count)]), left ?? Left);
            return Assert.Single(result.Outcomes, static o => o.Mapping.Id == "failing");
        }
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();
}
