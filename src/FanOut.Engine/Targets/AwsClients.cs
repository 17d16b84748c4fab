using System.Collections.Concurrent;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Http;
using FanOut.Engine.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Targets;

/// <summary>The clients that targets share: one per service, region, role, external id and endpoint.</summary>
/// <param name="own">The function's own credentials; null: the SDK's default chain.</param>
/// <param name="roles">Credentials of assumed roles.</param>
/// <param name="region">The function's own region.</param>
public sealed class AwsClients(AWSCredentials? own, AssumedRoles roles, string region) : IDisposable
{
    private readonly ConcurrentDictionary<Key, AwsClient> _clients = new();
    private HttpConnections? _http;

    /// <summary>The HTTP connections of the clients. Default: those of the process.</summary>
    public HttpClientFactory Connections { get; init; } = SharedHttpClientFactory.Instance;

    /// <summary>The connections to endpoints that are no service's. Default: to public addresses, or over <see cref="Connections"/> where these are not the process's.</summary>
    public HttpConnections Http
    {
        get => _http ??= Connections is SharedHttpClientFactory ? new HttpConnections(AddressRules.PublicOnly, TimeProvider.System)
            : new HttpConnections(Connections.CreateHttpClient(null!), TimeProvider.System);
        init => _http = value;
    }

    /// <summary>Changes the settings of a client before it is made; from any thread. Null, the default: nothing is changed.</summary>
    public Action<AwsClientConfig>? Amend { get; init; }

    /// <summary>The client for a mapping's target.</summary>
    /// <param name="mapping">The mapping, which names region, role and external id.</param>
    /// <param name="service">The service.</param>
    /// <param name="make">Makes the client.</param>
    /// <param name="endpoint">The destination's own host, where it has one.</param>
    public T For<T>(Mapping mapping, AwsService service, Func<AWSCredentials?, AwsClientConfig, T> make, Uri? endpoint = null)
        where T : AwsClient
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return Get(new Key(service, mapping.TargetRegion ?? region, mapping.Role, mapping.ExternalId, endpoint), make);
    }

    /// <summary>The client for calls that the function makes with its own role.</summary>
    /// <param name="service">The service.</param>
    /// <param name="make">Makes the client.</param>
    /// <param name="otherRegion">The region; null: the function's own.</param>
    public T Own<T>(AwsService service, Func<AWSCredentials?, AwsClientConfig, T> make, string? otherRegion = null)
        where T : AwsClient => Get(new Key(service, otherRegion ?? region, null, null, null), make);

    /// <summary>Forgets the credentials of a mapping's role, because a service does not accept them: the next call assumes the role again.</summary>
    public void ForgetCredentials(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if (mapping.Role is { } role)
        {
            roles.Invalidate(role, mapping.ExternalId);
        }
    }

    /// <summary>Opens a connection for each client that there is, as far as that is possible.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.WhenAll(_clients.Values.Select(c => c.OpenAsync(cancellationToken)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AwsClient client in _clients.Values)
        {
            client.Dispose();
        }

        _http?.Dispose();
    }

    private T Get<T>(Key key, Func<AWSCredentials?, AwsClientConfig, T> make)
        where T : AwsClient => (T)_clients.GetOrAdd(key, k =>
        {
            var config = new AwsClientConfig(k.Service, k.Region, k.Endpoint) { HttpClientFactory = Connections };
            Amend?.Invoke(config);
            return make(k.Role is null ? own : roles.For(k.Role, k.ExternalId), config);
        });

    private sealed record Key(AwsService Service, string Region, string? Role, string? ExternalId, Uri? Endpoint);
}
