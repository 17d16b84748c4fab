using Amazon.SecurityToken;
using FanOut.EndToEnd.Services;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.EndToEnd.Engine;

/// <summary>The whole engine, composed as the function composes it, with its clients directed to emulators.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly EndpointVariables _endpoints;
    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly AwsClients _clients;
    private readonly TargetFactory _targets;
    private readonly Dispatcher _dispatcher;

    /// <summary>Composes it.</summary>
    /// <param name="services">Where all services are.</param>
    /// <param name="kinesis">Where Kinesis is; null: with the others.</param>
    /// <param name="mappings">The mapping table.</param>
    public RunningEngine(Uri services, Uri? kinesis, params Mapping[] mappings)
    {
        _endpoints = new(services, kinesis);
        _sts = AssumedRoles.CreateClient(Emulated.Region, Emulated.Credentials);
        _clients = new(Emulated.Credentials, new(_sts, "end-to-end", TimeProvider.System), Emulated.Region);
        _targets = new(_clients, TimeProvider.System);
        _dispatcher = new(new MemoryMappings(mappings), _targets, new(), TimeProvider.System, new Random(1));
    }

    /// <summary>Dispatches an event of one source.</summary>
    public async Task<GroupResult> DispatchAsync(byte[] eventJson) =>
        Assert.Single((await _dispatcher.DispatchAsync(eventJson, TestContext.Current.CancellationToken)).Groups);

    /// <summary>Dispatches an event of one source, all of which must be delivered.</summary>
    public async Task DeliverAsync(byte[] eventJson)
    {
        GroupResult result = await DispatchAsync(eventJson);
        Assert.Empty(result.Outcomes.SelectMany(outcome => outcome.Failures, Told));
        Assert.Empty(result.Failed);
        Assert.NotEmpty(result.Outcomes);
    }

    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync();
        _clients.Dispose();
        _sts.Dispose();
        _endpoints.Dispose();
    }

    private static string Told(Outcome outcome, KeyValuePair<(FailureClass Class, string Code), (int Count, string Reason)> failure) =>
        $"{outcome.Mapping.Id}: {failure.Value.Count} {failure.Key.Class} {failure.Key.Code} {failure.Value.Reason}";
}
