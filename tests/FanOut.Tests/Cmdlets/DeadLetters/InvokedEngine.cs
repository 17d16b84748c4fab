using Amazon.DynamoDBv2;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.Tests.Targets;
using FanOut.Tests.Credentials;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>The function's engine with the mappings of a cloud's table, its targets and its dead letters, as the function composes it.</summary>
internal sealed class InvokedEngine : IAsyncDisposable
{
    private readonly AwsClients _clients;
    private readonly TargetFactory _targets;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly SendDeadLetters _letters;

    public InvokedEngine(Cloud cloud)
    {
        TimeProvider time = TimeProvider.System;
        _clients = new AwsClients(TestTargets.Own, new AssumedRoles(new FakeSts(time), "fanout", time), "us-east-1") { Amend = c => c.ServiceURL ??= cloud.Endpoint.AbsoluteUri };
        _targets = new TargetFactory(_clients, time);
        _dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        _letters = new SendDeadLetters(_clients, new Origin("fanout", "7"), time, new Random(1));
    }

    /// <summary>Hands over an event; what is not delivered goes to the mappings' dead letters.</summary>
    public async Task InvokeAsync(params IEnumerable<string> records)
    {
        var dispatcher = new Dispatcher(new DynamoMappingSource(_dynamo, "fanoutTargets"), _targets, new(), TimeProvider.System, new Random(1)) { DeadLetters = _letters };
        using DispatchResult result = await dispatcher.DispatchAsync(LambdaEvent.Of(records), TestContext.Current.CancellationToken);
        Assert.False(result.HasFailures, string.Join("; ", result.Groups.SelectMany(static g => g.Outcomes).SelectMany(static o => o.Failures).Select(static f => $"{f.Key}: {f.Value.Reason}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync();
        _clients.Dispose();
        _dynamo.Dispose();
    }
}
