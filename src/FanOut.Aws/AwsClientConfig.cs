using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace FanOut.Aws;

/// <summary>Settings of a client: its region, its endpoint and its HTTP connections.</summary>
/// <remarks>
/// The endpoint is, in this order: <see cref="ClientConfig.ServiceURL"/> as set, <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>,
/// <c>AWS_ENDPOINT_URL</c> and <c>endpoint_url</c> of the profile, the region's own host or, if the service has none, the
/// partition's; the order of the AWS SDKs (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
/// <c>AWS_USE_FIPS_ENDPOINT</c> and <c>AWS_USE_DUALSTACK_ENDPOINT</c> choose among the service's own hosts
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html).
/// </remarks>
public sealed class AwsClientConfig : ClientConfig
{
    private readonly AwsService _service;
    private readonly bool _isOfDestination;

    /// <summary>Settings for a service in a region.</summary>
    /// <param name="service">The service.</param>
    /// <param name="region">The region's name, such as <c>eu-west-1</c>; requests are signed for it too, unless the service has one endpoint for
    /// all regions.</param>
    /// <param name="endpoint">An endpoint that replaces all others; null: none.</param>
    public AwsClientConfig(AwsService service, string region, Uri? endpoint = null)
        : base(new Defaults())
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentException.ThrowIfNullOrEmpty(region);
        _service = service;
        Region = region;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.SigningName;
        AuthenticationRegion = service.Global?.Invoke(region, default).SigningRegion ?? region;

        // Otherwise AWSSDK.Core reads the environment, and makes no client if AWS_REGION is not set.
        RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        HttpClientFactory = SharedHttpClientFactory.Instance;
        DisableLogging = true;

        // The caller retries: it knows which items failed, how much time is left, and what to count.
        MaxErrorRetry = 0;

        // Otherwise AWSSDK.Core sends a call whose connection broke ten times more, at once and uncounted.
        MaxStaleConnectionRetries = 0;

        // So it would correct nothing: Clock does.
        DisableClockSkewCorrection = true;
        EndpointVariant wanted = EndpointVariant.OfEnvironment();
        (UseFIPSEndpoint, UseDualstackEndpoint, _isOfDestination) = (wanted.Fips, wanted.DualStack, endpoint is not null);
        if (endpoint is not null)
        {
            ServiceURL = endpoint.AbsoluteUri;
        }
    }

    /// <summary>The region's name.</summary>
    public string Region { get; }

    /// <summary>What chose an endpoint of FIPS or dual stack, for messages; null: the environment's variable.</summary>
    public string? VariantOrigin { get; set; }

    /// <summary>How many bytes an answer may have.</summary>
    internal long MostAnswerBytes => _service.MostAnswerBytes;

    /// <summary>The time that requests are signed with. Default: the system's, corrected by the service's refusals.</summary>
    public ServiceClock Clock { get; init; } = new(TimeProvider.System);

    /// <inheritdoc/>
    public override string ServiceVersion => _service.ApiVersion;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => _service.EndpointPrefix;

    /// <inheritdoc/>
    public override string UserAgent => "fanout/1";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(DetermineEndpoint().AbsoluteUri);

    /// <summary>The endpoint of all requests.</summary>
    /// <exception cref="AmazonClientException">The service has no such endpoint, or one was set in place of its own ones.</exception>
    internal Uri DetermineEndpoint()
    {
        EndpointVariant wanted = new(UseFIPSEndpoint, UseDualstackEndpoint) { Origin = VariantOrigin };
        return ServiceURL is not { Length: > 0 } url ? new Uri($"https://{ServiceHost.Of(_service, Region, wanted)}/")
            : wanted.IsSpecial && !_isOfDestination ? throw new AmazonClientException($"The endpoint {url} was set for {_service.ServiceId}, and {wanted} too, which choose among AWS's own endpoints. Unset one of them.")
            : new Uri(url);
    }

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode) =>
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
    }
}
