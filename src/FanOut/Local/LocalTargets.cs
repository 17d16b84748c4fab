using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Http;
using FanOut.Credentials;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Local;

/// <summary>The function's own targets, called from this process: as the caller, or in the role of the mapping, which the caller assumes.</summary>
/// <remarks>Endpoints, connections and time-outs are the session's, so that -EndpointUrl and -Verbose hold for what is sent too.</remarks>
internal sealed class LocalTargets : ITargetSource, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly AwsClients _clients;
    private readonly TargetFactory _targets;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="session">Who calls, in the function's region; it must live longer.</param>
    /// <param name="functionName">The function, which becomes part of the names of role sessions.</param>
    /// <param name="time">The clock.</param>
    public LocalTargets(AwsSession session, string functionName, TimeProvider time)
    {
        _clients = new AwsClients(session.Credentials, new AssumedRoles(session.Sts, functionName, time), session.Region) { Amend = Amend, Http = new HttpConnections(AddressRules.PublicAndPrivate, time) };
        _targets = new TargetFactory(_clients, time);

        void Amend(AwsClientConfig config)
        {
            // A target's own host counts more than -EndpointUrl, as it does in the function.
            string? host = config.ServiceURL;
            lock (_gate)
            {
                session.In(config.Region).Configure((ClientConfig)config);
            }

            // The engine sends again by itself.
            config.MaxErrorRetry = 0;
            if (host is { Length: > 0 })
            {
                config.ServiceURL = host;
            }
        }
    }

    /// <inheritdoc/>
    public ActiveTarget TargetOf(Mapping mapping) => _targets.TargetOf(mapping);

    /// <inheritdoc/>
    /// <remarks>They stay open until all is over: now one mapping is sent to, now another.</remarks>
    public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync().ConfigureAwait(false);
        _clients.Dispose();
    }
}
