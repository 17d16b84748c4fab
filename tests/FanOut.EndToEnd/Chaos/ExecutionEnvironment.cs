using Amazon.DynamoDBv2;
using FanOut.Engine;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Engine.Targets;

namespace FanOut.EndToEnd.Chaos;

/// <summary>An execution environment of the function: the engine composed as its program composes it, with caches and circuits of its own.</summary>
internal sealed class ExecutionEnvironment : IAsyncDisposable
{
    private readonly TargetFactory _targets;
    private readonly Dispatcher _dispatcher;

    public ExecutionEnvironment(AwsClients clients, IAmazonDynamoDB dynamo, string table, Random random, bool reportsItems, TimeSpan youngestAgain)
    {
        ReportsItems = reportsItems;
        _targets = new TargetFactory(clients, Time);
        var mappings = new MappingCache(new DynamoMappingSource(dynamo, table), TimeSpan.FromMinutes(1), TimeProvider.System);

        // Some records at a time, or all at once.
        var options = new DeliveryOptions { ReportsItems = reportsItems, PayloadMemory = random.Next(2) == 0 ? 2_000 : new DeliveryOptions().PayloadMemory };
        _dispatcher = new Dispatcher(mappings, _targets, options, TimeProvider.System, random)
        {
            DeadLetters = new SendDeadLetters(clients, new Origin("chaos"), TimeProvider.System, random),
            Progress = new ProgressTable(dynamo, table, TimeProvider.System, random, youngestAgain),
        };
    }

    /// <summary>Whether it tells which records failed, so that only they come again; else the whole batch does.</summary>
    public bool ReportsItems { get; }

    /// <summary>The clock of its circuits.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>One invocation with an event of one source.</summary>
    /// <param name="eventJson">The event.</param>
    /// <param name="left">The time until the deadline.</param>
    public async Task<GroupResult> InvokeAsync(byte[] eventJson, TimeSpan left)
    {
        using var batch = BatchTime.Of(left, TimeProvider.System, CancellationToken.None);
        return Assert.Single((await _dispatcher.DispatchAsync(eventJson, batch)).Groups);
    }

    public ValueTask DisposeAsync() => _targets.DisposeAsync();
}
