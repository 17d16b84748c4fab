using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>AWS Lambda.</summary>
public sealed partial class AmazonLambdaClient : AwsClient
{
    private const string Function = "/2015-03-31/functions/{FunctionName}";

    private static readonly WireUnmarshaller<InvokeResponse> InvokeUnmarshaller = new(InvokeResponse.Read, AwsJson.Instance, AmazonLambdaException.Of);

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonLambdaClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Lambda", "lambda", "lambda", "2015-03-31")
    {
        // A queued event has an empty answer, but a stand-in (moto) may answer with the event itself, which has up to 1 MB:
        // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
        MostAnswerBytes = 2 * 1024 * 1024,
    };

    /// <summary>Queues an event for a function, or waits for what the function answers.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the event.</exception>
    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("Invoke", request.Payload)
        {
            Path = Function + "/invocations",
            PathParameter = new("{FunctionName}", request.FunctionName),
            Query = request.Qualifier is { } qualifier ? [new("Qualifier", qualifier)] : [],
            Headers = [new("X-Amz-Invocation-Type", request.InvocationType)],
            ContentType = "application/json",
        };
        return SendAsync(wire, InvokeUnmarshaller, cancellationToken);
    }

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
