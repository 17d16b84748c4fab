using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FanOut.Aws.Pipeline;
using FanOut.Aws.Protocols;

namespace FanOut.Aws;

/// <summary>Base of our clients: AWSSDK.Core's pipeline with our endpoint, our bodies and our answers.</summary>
/// <remarks>
/// Signing, credentials, clock skew and connections are AWSSDK.Core's. A client is thread-safe; make one per service, region and
/// credentials and keep it.
/// </remarks>
public abstract class AwsClient : AmazonServiceClient
{
    private readonly AwsService _service;

    /// <summary>A client with given credentials.</summary>
    /// <param name="credentials">Who calls; <see langword="null"/>: the SDK's default chain.</param>
    /// <param name="service">Which service is called.</param>
    /// <param name="config">Region and endpoint.</param>
    private protected AwsClient(AWSCredentials? credentials, AwsService service, AwsClientConfig config)
        : base(credentials, config) => _service = service;

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => new Metadata(Config.ServiceId);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler(((AwsClientConfig)Config).DetermineEndpoint()));
        pipeline.AddHandlerAfter<Marshaller>(new SignatureHandler());
    }

    /// <summary>Sends one request and reads its answer.</summary>
    /// <exception cref="AmazonServiceException">The service refused, with its code, status and request id.</exception>
    private protected Task<TResponse> SendAsync<TResponse>(WireRequest request, WireUnmarshaller<TResponse> unmarshaller, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, new InvokeOptions { RequestMarshaller = WireMarshaller.Of(_service), ResponseUnmarshaller = unmarshaller }, cancellationToken);

    private sealed class Metadata(string serviceId) : IServiceMetadata
    {
        public string ServiceId => serviceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
