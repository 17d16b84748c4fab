using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// Reads a stream shard by shard and invokes a function with batches of its records, by Lambda's documented rules: one batch in flight per
/// shard (or per bucket of partition keys), order kept, failed records retried, split, or discarded to the on-failure destination
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html). Thread-safe.
/// </summary>
public sealed class EventSourceMapping : IAsyncDisposable
{
    private volatile EventSourceMappingContext _context;
    private readonly EventSourceMappingCounters _ledger = new();
    private readonly SemaphoreSlim _switching = new(1, 1);
    private volatile ShardLane[] _lanes;
    private CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Makes an event source mapping at its starting position; it reads from <see cref="EnableAsync"/> on.</summary>
    /// <param name="stream">The stream to read.</param>
    /// <param name="function">The function to invoke.</param>
    /// <param name="functionArn">The function's ARN, for the on-failure destination.</param>
    /// <param name="settings">How to read and retry.</param>
    /// <param name="timeProvider">The clock for windows, ages and retries.</param>
    /// <exception cref="ArgumentException">A setting is out of bounds, or not possible with this stream.</exception>
    public EventSourceMapping(
        EventStream stream, IFunctionInvoker function, string functionArn, EventSourceMappingOptions settings, TimeProvider timeProvider)
    {
        settings.Validate();
        if (settings.StartingPosition == StartingPosition.AtTimestamp && EventSourceArn.IsDynamoDBStream(stream.Arn))
        {
            throw new ArgumentException("StartingPosition AT_TIMESTAMP is for Kinesis; a DynamoDB stream starts at TRIM_HORIZON or LATEST.");
        }

        _context = new(stream, function, functionArn, timeProvider);
        Settings = settings;
        _lanes = [.. stream.Shards.SelectMany(shard => Lanes(shard, Start(shard)))];
    }

    /// <summary>The current settings.</summary>
    public EventSourceMappingOptions Settings { get; private set; }

    /// <summary>The stream that is read.</summary>
    public EventStream Stream => _context.Stream;

    /// <summary>The function that is invoked.</summary>
    public string FunctionArn => _context.FunctionArn;

    /// <summary>The current state.</summary>
    public EventSourceMappingState State { get; private set; } = EventSourceMappingState.Creating;

    /// <summary>What it has done so far.</summary>
    public EventSourceMappingProgress Progress
    {
        get
        {
            var shards = _lanes.GroupBy(lane => lane.Shard, (shard, lanes) => Describe(shard, [.. lanes])).ToArray();
            return new(shards, _ledger.LastProcessingResult, _ledger.Invocations, _ledger.Retries, _ledger.Delivered, _ledger.Discarded);
        }
    }

    /// <summary>Makes an event source mapping and starts it.</summary>
    /// <inheritdoc cref="EventSourceMapping(EventStream, IFunctionInvoker, string, EventSourceMappingOptions, TimeProvider)"/>
    public static EventSourceMapping Start(
        EventStream stream, IFunctionInvoker function, string functionArn, EventSourceMappingOptions settings, TimeProvider timeProvider)
    {
        var started = new EventSourceMapping(stream, function, functionArn, settings, timeProvider);
        started.Run();
        return started;
    }

    /// <summary>Continues reading at the checkpoints; does nothing if it is enabled already.</summary>
    public Task EnableAsync() => SwitchAsync(EventSourceMappingState.Enabling, () => true);

    /// <summary>Stops reading, after the invocations in progress are done and counted.</summary>
    public Task DisableAsync() => SwitchAsync(EventSourceMappingState.Disabling, () => false);

    /// <summary>Replaces the settings between two invocations; if it was reading, it continues at the checkpoints.</summary>
    /// <exception cref="ArgumentException">A setting is out of bounds.</exception>
    public Task UpdateAsync(EventSourceMappingOptions settings) => UpdateAsync(settings, null, FunctionArn);

    /// <summary>Replaces the settings, and the function when another one is given.</summary>
    internal Task UpdateAsync(EventSourceMappingOptions settings, IFunctionInvoker? function, string functionArn)
    {
        settings.Validate();
        var enabled = State is EventSourceMappingState.Enabled or EventSourceMappingState.Enabling;
        return SwitchAsync(EventSourceMappingState.Updating, () =>
        {
            Settings = settings;
            _context = _context with { Function = function ?? _context.Function, FunctionArn = functionArn };
            return enabled;
        });
    }

    /// <summary>Completes when all records that the stream holds now are delivered or discarded.</summary>
    /// <exception cref="InvalidOperationException">The on-failure destination threw, so a shard cannot continue.</exception>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        var goals = Stream.Shards.ToDictionary(shard => shard, shard => shard.Count);
        while (true)
        {
            var changed = _ledger.Changed;
            if (_ledger.Fault is { } fault)
            {
                throw new InvalidOperationException(
                    $"The event source mapping of {Stream.Arn} stands still: its on-failure destination failed. Mend it, and enable the event source mapping again.", fault);
            }

            if (_lanes.All(lane => lane.Checkpoint >= goals[lane.Shard]))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops reading and cancels invocations in progress.</summary>
    public async ValueTask DisposeAsync()
    {
        if (State == EventSourceMappingState.Deleting)
        {
            return;
        }

        await _aborting.CancelAsync().ConfigureAwait(false);
        await SwitchAsync(EventSourceMappingState.Deleting, () => false).ConfigureAwait(false);
        State = EventSourceMappingState.Deleting;
        _stopping.Dispose();
    }

    private async Task SwitchAsync(EventSourceMappingState meanwhile, Func<bool> whenStopped)
    {
        await _switching.WaitAsync().ConfigureAwait(false);
        try
        {
            if (meanwhile == EventSourceMappingState.Enabling && State == EventSourceMappingState.Enabled && _ledger.Fault is null)
            {
                return;
            }

            State = meanwhile;
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            if (whenStopped())
            {
                // If a shard has several lanes, its checkpoint is that of the slowest lane; later records of the others are sent again.
                _lanes = [.. Stream.Shards.SelectMany(shard => Lanes(shard, Checkpoint(shard)))];
                Run();
            }
            else
            {
                State = EventSourceMappingState.Disabled;
            }
        }
        finally
        {
            _switching.Release();
        }
    }

    private void Run()
    {
        var (stopping, stopped) = (new CancellationTokenSource(), _stopping);
        _stopping = stopping;
        stopped.Dispose();
        _ledger.ClearFault();
        _running = Task.WhenAll(_lanes.Select(lane => Task.Run(() => lane.RunAsync(stopping.Token, _aborting.Token))));
        State = EventSourceMappingState.Enabled;
    }

    private IEnumerable<ShardLane> Lanes(EventShard shard, int start) => Enumerable.Range(0, Settings.ParallelizationFactor)
        .Select(bucket => new ShardLane(shard, bucket, start, _context, Settings, _ledger));

    private int Checkpoint(EventShard shard) => _lanes.Where(lane => lane.Shard == shard).Min(lane => lane.Checkpoint);

    private int Start(EventShard shard) => Settings.StartingPosition switch
    {
        StartingPosition.TrimHorizon => 0,
        StartingPosition.Latest => shard.Count,
        _ => shard.Read(0, int.MaxValue).TakeWhile(record => record.ArrivedAt < Settings.StartingPositionTimestamp).Count(),
    };

    private static ShardProgress Describe(EventShard shard, ShardLane[] lanes)
    {
        var checkpoint = lanes.Min(lane => lane.Checkpoint);
        // The worst result of its lanes is the shard's: PROBLEM, then OK, then No records, which is also the reverse alphabetical order.
        var last = lanes.Select(lane => lane.LastProcessingResult).Max(StringComparer.Ordinal)!;
        return new(shard.Id, checkpoint, shard.Count - checkpoint, last);
    }
}
