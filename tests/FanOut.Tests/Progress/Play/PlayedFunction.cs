using Amazon.DynamoDBv2;
using Amazon.Runtime;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Progress;
using FanOut.Engine.Delivery;
using FanOut.LocalCloud;

namespace FanOut.Tests.Progress.Play;

/// <summary>The function: two execution environments that take turns, and notes in a table of DynamoDB's stand-in.</summary>
internal sealed class PlayedFunction : IDisposable
{
    // Who stands still has a longer one, or it would have nothing left to do.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30), HeldTimeout = TimeSpan.FromMinutes(15);

    // Each record by itself, some at a time, all at once.
    private static readonly long[] PayloadMemories = [1, 2_000, new DeliveryOptions().PayloadMemory];

    private readonly EagerTime _time;
    private readonly Random _random;
    private readonly ChangingMappings _mappings;
    private readonly IReadOnlyDictionary<string, TroubledTarget> _targets;
    private readonly bool _reports;
    private readonly AmazonDynamoDBConfig _config;
    private readonly string _table;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly ITargetSource[] _environments;
    private readonly List<(HeldDynamo Dynamo, Task Running)> _held = [];

    public PlayedFunction(Cloud cloud, string table, ChangingMappings mappings, IReadOnlyDictionary<string, TroubledTarget> targets, bool reports, EagerTime time, Random random)
    {
        (_table, _mappings, _targets, _reports, _time, _random) = (table, mappings, targets, reports, time, random);
        cloud.Dynamo.CreateTable(table, "sourceArn", "id");
        _config = new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
        _dynamo = new AmazonDynamoDBClient(new BasicAWSCredentials("AKIDTEST", "secret"), _config);
        _environments = [new EnvironmentTargets(targets, time), new EnvironmentTargets(targets, time)];
    }

    /// <summary>Invocations so far.</summary>
    public int Invocations { get; private set; }

    /// <summary>One invocation.</summary>
    public Task<PlayedAnswer> InvokeAsync(byte[] json) => InvokeAsync(json, _dynamo);

    /// <summary>One invocation whose answer is lost, and which stands still as soon as it has noted its progress; as any other, if it notes none.</summary>
    public async Task<PlayedAnswer> LoseAsync(byte[] json)
    {
        var dynamo = new HeldDynamo(new BasicAWSCredentials("AKIDTEST", "secret"), _config);
        Task<PlayedAnswer> running = Task.Run(() => InvokeAsync(json, dynamo));
        if (await Task.WhenAny(running, dynamo.Noted) == running && !dynamo.Noted.IsCompleted)
        {
            dynamo.Dispose();
            return await running;
        }

        _held.Add((dynamo, running));
        return new PlayedAnswer(0, IsLost: true);
    }

    /// <summary>Lets invocations go on that stand still.</summary>
    /// <param name="probability">How likely each.</param>
    public async Task ReleaseAsync(double probability)
    {
        for (int i = _held.Count - 1; i >= 0; i--)
        {
            if (_random.NextDouble() < probability)
            {
                _held[i].Dynamo.Release();
                await _held[i].Running;
                _held[i].Dynamo.Dispose();
                _held.RemoveAt(i);
            }
        }
    }

    public void Dispose() => _dynamo.Dispose();

    private async Task<PlayedAnswer> InvokeAsync(byte[] json, AmazonDynamoDBClient dynamo)
    {
        int number, seed;
        lock (_random)
        {
            (number, seed) = (++Invocations, _random.Next());
        }

        var progress = new ProgressTable(dynamo, _table, _time, new Random(seed), TimeSpan.FromSeconds(2));
        var dispatcher = new Dispatcher(_mappings, _environments[number % 2], new DeliveryOptions { ReportsItems = _reports, PayloadMemory = PayloadMemories[number % PayloadMemories.Length] }, _time, new Random(number))
        {
            Progress = dynamo is HeldDynamo held ? new HeldProgress(progress, held) : progress,
        };
        using var batch = BatchTime.Of(dynamo is HeldDynamo ? HeldTimeout : Timeout, _time, CancellationToken.None);
        GroupResult result = Assert.Single((await dispatcher.DispatchAsync(json, batch)).Groups);
        Assert.True(result.ProgressProblem is null || dynamo is HeldDynamo, result.ProgressProblem);
        foreach (Outcome outcome in result.Outcomes)
        {
            _targets[outcome.Mapping.Id].WasLate |= outcome.CountOf(FailureClass.OutOfTime) > 0;
        }

        return new PlayedAnswer(result.Failed.Count == 0 ? result.Group.Records.Count : result.Failed[0]);
    }
}
