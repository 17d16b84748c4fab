using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Local.Plans;

/// <summary>The function's own targets, whose calls are written down instead of sent: nothing leaves this process, and no role is assumed.</summary>
internal sealed class PlannedTargets : ITargetSource, IAsyncDisposable
{
    // Calls are signed before they are written down; nobody checks that.
    private static readonly AWSCredentials Nobody = new BasicAWSCredentials("AKIAPLANNED", "planned");

    private readonly WrittenRequests _requests = new();
    private readonly AwsClients _clients;
    private readonly TargetFactory _targets;
    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Mapping, PlannedTarget> _planned = new();

    /// <summary>Nothing is planned yet.</summary>
    /// <param name="region">The function's region.</param>
    /// <param name="time">The clock.</param>
    public PlannedTargets(string region, TimeProvider time)
    {
        _time = time;
        _sts = AssumedRoles.CreateClient(region);
        _clients = new AwsClients(Nobody, new AssumedRoles(_sts, "plan", time), region) { Connections = _requests };
        _targets = new TargetFactory(_clients, time);
    }

    /// <summary>The calls to a mapping's target, in the order in which they were made.</summary>
    /// <param name="id">The mapping's id.</param>
    public IReadOnlyList<PlannedCall> CallsOf(string id) => [.. _planned.Where(p => p.Key.Id == id).SelectMany(static p => p.Value.Calls)];

    /// <inheritdoc/>
    public ActiveTarget TargetOf(Mapping mapping) => new(
        _planned.GetOrAdd(mapping, m => new PlannedTarget(m, _targets.TargetOf(m with { Role = null, ExternalId = null, HeadersSecret = null, Region = m.TargetRegion }).Target)),
        new Circuit(_time));

    /// <inheritdoc/>
    public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync().ConfigureAwait(false);
        _clients.Dispose();
        _requests.Dispose();
        _sts.Dispose();
    }
}
