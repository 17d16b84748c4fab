using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Lambda;

/// <summary>AWS Lambda.</summary>
public sealed partial class AmazonLambdaClient : AwsClient
{
    private const string Function = "/2015-03-31/functions/{FunctionName}";

    private static readonly AnswerReader<InvokeResponse> InvokeReader = new(InvokeResponse.Read, AwsJson.Instance, AmazonLambdaException.Of);

    private readonly KeptHeads _invoke;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonLambdaClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _invoke = new KeptHeads((function, qualifier) => Head(Invoke(function, qualifier, "Event", null)));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Lambda", "lambda", "lambda", "2015-03-31")
    {
        // A queued event has an empty answer, but a stand-in (moto) may answer with the event itself, which has up to 1 MB:
        // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
        MostAnswerBytes = 2 * 1024 * 1024,
    };

    /// <summary>Queues an event for a function.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the event.</exception>
    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(_invoke.For(request.FunctionName, request.Qualifier), request.Payload, InvokeReader, cancellationToken);
    }

    /// <summary>Invokes a function and waits for what it answers.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the event.</exception>
    public Task<InvokeResponse> InvokeAndWaitAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(Invoke(request.FunctionName, request.Qualifier, "RequestResponse", request.Payload), InvokeReader, cancellationToken);
    }

    private static WireRequest Invoke(string functionName, string? qualifier, string type, RequestBody? payload) => new("Invoke", payload)
    {
        Path = Function + "/invocations",
        PathParameter = new("{FunctionName}", functionName),
        Query = qualifier is null ? [] : [new("Qualifier", qualifier)],
        Headers = [new("X-Amz-Invocation-Type", type)],
        ContentType = "application/json",
    };

    /// <summary>A request about a function.</summary>
    private static WireRequest About(
        string functionName, string operation, string method, string path, RequestBody? body = null, params ReadOnlySpan<(string Name, string? Value)> query) =>
        new(operation, body)
        {
            Method = method,
            Path = path,
            PathParameter = new("{FunctionName}", functionName),
            Query = WireRequest.Parameters(query),
            ContentType = body is null ? null : "application/json",
        };

    private Task<TResponse> ReadAsync<TResponse>(WireRequest wire, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        SendAsync(wire, AwsJson.Answers(read, AmazonLambdaException.Of), cancellationToken);
}
