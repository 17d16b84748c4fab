using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FanOut.Aws.Pipeline;
using FanOut.Aws.Protocols;

namespace FanOut.Aws;

/// <summary>
/// Base of the clients: the pipeline of AWSSDK.Core, with an endpoint that is known beforehand, and with bodies and answers that are written and read
/// here.
/// </summary>
/// <remarks>
/// AWSSDK.Core signs and finds credentials. A client is thread-safe; make one per service, region and credentials and keep it.
/// </remarks>
public abstract class AwsClient : AmazonServiceClient
{
    private readonly AwsService _service;
    private readonly AWSCredentials? _credentials;

    /// <summary>A client with given credentials.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="service">Which service is called.</param>
    /// <param name="config">Region and endpoint.</param>
    private protected AwsClient(AWSCredentials? credentials, AwsService service, AwsClientConfig config)
        : base(credentials, config) => (_service, _credentials) = (service, credentials);

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => new Metadata(Config.ServiceId);

    /// <summary>Does ahead of the first call what it would have to wait for: gets the credentials and opens a connection, which stays open.</summary>
    /// <remarks>
    /// The connection is opened by a request without credentials for the page that tells load balancers of a host's health. AWS has one at most of its
    /// hosts, but documents it for few; whatever is answered will do.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_credentials is not null)
        {
            await _credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(((AwsClientConfig)Config).DetermineEndpoint(), "/ping"));
        using HttpResponseMessage answer = await Config.HttpClientFactory.CreateHttpClient(Config).SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler(((AwsClientConfig)Config).DetermineEndpoint()));
        pipeline.AddHandlerAfter<Marshaller>(new SignatureHandler(((AwsClientConfig)Config).Clock));
    }

    /// <summary>Sends one request and reads its answer; once more where the service found it signed at the wrong time, by the service's time.</summary>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    private protected async Task<TResponse> SendAsync<TResponse>(WireRequest request, WireUnmarshaller<TResponse> unmarshaller, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        var options = new InvokeOptions { RequestMarshaller = WireMarshaller.Of(_service), ResponseUnmarshaller = unmarshaller };
        ServiceClock clock = ((AwsClientConfig)Config).Clock;
        TimeSpan sentWith = clock.Offset;
        try
        {
            return await InvokeAsync<TResponse>(request, options, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (clock.Correct(e, sentWith))
        {
            return await InvokeAsync<TResponse>(request, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Metadata(string serviceId) : IServiceMetadata
    {
        public string ServiceId => serviceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
