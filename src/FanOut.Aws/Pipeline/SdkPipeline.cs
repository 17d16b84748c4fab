using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>The pipeline of AWSSDK.Core, with an endpoint that is known beforehand, and with bodies and answers that are written and read here.</summary>
/// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
/// <param name="service">Which service is called.</param>
/// <param name="config">Region and endpoint.</param>
internal sealed class SdkPipeline(AWSCredentials? credentials, AwsService service, AwsClientConfig config) : AmazonServiceClient(credentials, config)
{
    protected override IServiceMetadata ServiceMetadata => new Metadata(Config.ServiceId);

    /// <summary>Sends one request and reads its answer; once more where the service found it signed at the wrong time, by the service's time.</summary>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    public async Task<TResponse> SendAsync<TResponse>(WireRequest request, AnswerReader<TResponse> reader, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        var options = new InvokeOptions { RequestMarshaller = WireMarshaller.Of(service), ResponseUnmarshaller = new WireUnmarshaller<TResponse>(reader) };
        ServiceClock clock = config.Clock;
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

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        // Called by the base's constructor; its own config is set by then.
        var own = (AwsClientConfig)Config;
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler(own.DetermineEndpoint()));
        pipeline.AddHandlerAfter<Marshaller>(new SignatureHandler(own.Clock));
    }

    private sealed class Metadata(string serviceId) : IServiceMetadata
    {
        public string ServiceId => serviceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
