using Amazon.Runtime;
using FanOut.Aws.Pipeline;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws;

/// <summary>
/// Base of the clients, whose bodies and answers are written and read here. What the function does all the time is signed and sent at once
/// (<see cref="SignedCalls"/>); all else goes through the pipeline of AWSSDK.Core, which also sends again. Credentials are AWSSDK.Core's in both.
/// </summary>
/// <remarks>A client is thread-safe; make one per service, region and credentials and keep it.</remarks>
public abstract class AwsClient : IDisposable
{
    private readonly object _gate = new();
    private readonly AwsService _service;
    private readonly AWSCredentials? _credentials;
    private readonly Uri _endpoint;
    private readonly SignedCalls _calls;
    private SdkPipeline? _pipeline;

    /// <summary>A client with given credentials.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="service">Which service is called.</param>
    /// <param name="config">Region and endpoint.</param>
    private protected AwsClient(AWSCredentials? credentials, AwsService service, AwsClientConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        (_service, _credentials, Config) = (service, credentials, config);
        _endpoint = config.DetermineEndpoint();
        _calls = new SignedCalls(credentials, service, config);
    }

    /// <summary>The client's settings.</summary>
    public AwsClientConfig Config { get; }

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

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_endpoint, "/ping"));
        using HttpResponseMessage answer = await Config.HttpClientFactory.CreateHttpClient(Config).SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes of the pipeline, if there is one. The connections belong to their factory.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            ((IDisposable?)_pipeline)?.Dispose();
        }
    }

    /// <summary>The head of requests that are sent at once.</summary>
    /// <param name="request">Such a request, without its body.</param>
    private protected RequestHead Head(WireRequest request) => new(_service, _endpoint, request);

    /// <summary>Signs a request, sends it at once and reads its answer. Only one that was refused for its date is sent again, by the service's clock.</summary>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    private protected Task<TResponse> SendAsync<TResponse>(RequestHead head, RequestBody body, AnswerReader<TResponse> reader, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() => _calls.SendAsync(head, body, reader, cancellationToken);

    /// <summary>Sends a request through AWSSDK.Core and reads its answer.</summary>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    // The pipeline is made nowhere else, so that the function, which never comes here, has none in its program.
    private protected Task<TResponse> SendAsync<TResponse>(WireRequest request, AnswerReader<TResponse> reader, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        lock (_gate)
        {
            _pipeline ??= new SdkPipeline(_credentials, _service, Config);
        }

        return _pipeline.SendAsync(request, reader, cancellationToken);
    }
}
