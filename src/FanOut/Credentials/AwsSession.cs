using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Aws;

namespace FanOut.Credentials;

/// <summary>Who calls AWS in which region, and the clients for it. Made per cmdlet; clients are made when first asked for and kept.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="region">The region.</param>
/// <param name="endpoint">What <c>-EndpointUrl</c> says, or <see langword="null"/>.</param>
/// <param name="http">Connections and log.</param>
internal sealed class AwsSession(Caller caller, string region, Uri? endpoint, HttpClientFactory http) : IDisposable
{
    private readonly Dictionary<object, IDisposable> _clients = [];

    /// <summary>The region's name.</summary>
    public string Region => region;

    /// <summary>Who calls, for people.</summary>
    public string Identity => caller.Identity;

    /// <summary>The caller's credentials.</summary>
    public AWSCredentials Credentials => caller.Credentials;

    /// <summary>DynamoDB.</summary>
    public IAmazonDynamoDB Dynamo => Kept(nameof(Dynamo), () => new AmazonDynamoDBClient(caller.Credentials, Configure(new AmazonDynamoDBConfig())));

    /// <summary>STS, in the session's region.</summary>
    public IAmazonSecurityTokenService Sts =>
        Kept(nameof(Sts), () => new AmazonSecurityTokenServiceClient(caller.Credentials, Configure(new AmazonSecurityTokenServiceConfig())));

    /// <summary>A client of ours.</summary>
    /// <param name="service">The service.</param>
    /// <param name="make">Makes the client.</param>
    public T Client<T>(AwsService service, Func<AWSCredentials, AwsClientConfig, T> make)
        where T : AwsClient =>
        Kept(service, () => make(caller.Credentials, new AwsClientConfig(service, region, endpoint) { HttpClientFactory = http, MaxErrorRetry = 3 }));

    /// <summary>The same caller in another region; this session itself where it is the same.</summary>
    public AwsSession In(string otherRegion) =>
        otherRegion == region ? this : Kept(("region", otherRegion), () => new AwsSession(caller, otherRegion, endpoint, http));

    /// <summary>Another caller in the same region.</summary>
    public AwsSession As(Caller other) => Kept(("caller", other.Identity), () => new AwsSession(other, region, endpoint, http));

    /// <summary>Disposes of this too when the session ends.</summary>
    public AwsSession Owning(IDisposable other)
    {
        _clients[other] = other;
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private T Kept<T>(object key, Func<T> make)
        where T : IDisposable
    {
        if (!_clients.TryGetValue(key, out IDisposable? client))
        {
            _clients[key] = client = make();
        }

        return (T)client;
    }

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.HttpClientFactory = http;
        config.MaxErrorRetry = 3;
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return config;
    }
}
