using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Aws;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>A caller of AWS in a region, with its clients. Each cmdlet has its own; clients are made when first asked for, and kept.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="region">The region.</param>
/// <param name="settings">How calls are made.</param>
internal sealed class AwsSession(Caller caller, string region, CallSettings settings) : IDisposable
{
    private readonly Dictionary<object, IDisposable> _clients = [];

    /// <summary>The region's name.</summary>
    public string Region => region;

    /// <summary>Who calls, as messages show it.</summary>
    public string Identity => caller.Identity;

    /// <summary>The caller's credentials.</summary>
    public AWSCredentials Credentials => caller.Credentials;

    /// <summary>What the user should know of how calls are made; null: nothing.</summary>
    public string? Warning => settings.Warning;

    /// <summary>Cancels the calls that credentials make. Other calls take a token of their own.</summary>
    public CancellationToken StopToken => settings.StopToken;

    /// <summary>DynamoDB.</summary>
    public IAmazonDynamoDB Dynamo => Kept(nameof(Dynamo), () => new AmazonDynamoDBClient(caller.Credentials, Configure(new AmazonDynamoDBConfig())));

    /// <summary>STS, in the session's region.</summary>
    public IAmazonSecurityTokenService Sts =>
        Kept(nameof(Sts), () => new AmazonSecurityTokenServiceClient(caller.Credentials, Configure(new AmazonSecurityTokenServiceConfig())));

    /// <summary>A client of FanOut.Aws.</summary>
    /// <param name="service">The service.</param>
    /// <param name="make">Makes the client.</param>
    public T Client<T>(AwsService service, Func<AWSCredentials, AwsClientConfig, T> make)
        where T : AwsClient =>
        Kept(service, () => make(caller.Credentials, Configure(new AwsClientConfig(service, region))));

    /// <summary>The same caller in another region; this session if the region is the same.</summary>
    public AwsSession In(string otherRegion) =>
        otherRegion == region ? this : Kept(("region", otherRegion), () => new AwsSession(caller, otherRegion, settings));

    /// <summary>Another caller in the same region.</summary>
    public AwsSession As(Caller other) => Kept(("caller", other.Identity), () => new AwsSession(other, region, settings));

    /// <summary>
    /// A role in the same region, which this caller assumes when it is first needed. If it may not, the first call fails with <c>AccessDenied</c>.
    /// </summary>
    /// <param name="roleArn">The role, often of another account.</param>
    /// <param name="externalId">The external id that the role's trust policy asks for; null or empty: none. Never shown.</param>
    public AwsSession AsRole(string roleArn, string? externalId)
    {
        string? id = string.IsNullOrEmpty(externalId) ? null : externalId;
        return Kept(
            ("role", roleArn, id), () => new AwsSession(new Caller(new AssumedRole(this, roleArn, id), $"role {roleArn} by {caller.Identity}"), region, settings));
    }

    /// <summary>Hands over an object that the session disposes of when it is disposed itself.</summary>
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

    /// <summary>Sets region, endpoint, connections and retries of a client.</summary>
    public T Configure<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.AuthenticationRegion = region;
        config.HttpClientFactory = settings.Http;
        config.MaxErrorRetry = 3;
        settings.Sdk.Apply(config);

        // ServiceEndpoints reads the profile that is used; AWSSDK.Core would read the one of AWS_PROFILE.
        config.IgnoreConfiguredEndpointUrls = true;
        if (settings.Endpoints.Of(((IClientConfig)config).ServiceId) is { } endpoint)
        {
            if (config.UseFIPSEndpoint || config.UseDualstackEndpoint)
            {
                throw FanOutError.EndpointContradicted(
                    settings.Endpoints.OriginOf(endpoint) ?? endpoint.Authority, settings.Sdk.OriginOf(config.UseFIPSEndpoint, config.UseDualstackEndpoint)!);
            }

            config.ServiceURL = endpoint.AbsoluteUri;
        }

        return config;
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
}
