using System.Globalization;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>AWS Lambda.</summary>
public sealed class AmazonLambdaClient : AwsClient
{
    private const string Function = "/2015-03-31/functions/{FunctionName}";
    private const string Mappings = "/2015-03-31/event-source-mappings";

    private static readonly WireUnmarshaller<InvokeResponse> InvokeUnmarshaller = new(static (_, _) => { }, AwsJson.Instance, AmazonLambdaException.Of);

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">Who calls; <see langword="null"/>: the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonLambdaClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Lambda", "lambda", "lambda", "2015-03-31");

    /// <summary>Queues an event for a function.</summary>
    /// <exception cref="AmazonLambdaException">The event was refused.</exception>
    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("Invoke", request.Payload)
        {
            Path = Function + "/invocations",
            PathParameter = new("{FunctionName}", request.FunctionName),
            Query = request.Qualifier is { } qualifier ? [new("Qualifier", qualifier)] : [],
            Headers = [new("X-Amz-Invocation-Type", "Event")],
            ContentType = "application/json",
        };
        return SendAsync(wire, InvokeUnmarshaller, cancellationToken);
    }

    /// <summary>A function's settings.</summary>
    /// <exception cref="AmazonLambdaException">The call was refused; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<GetFunctionConfigurationResponse> GetFunctionConfigurationAsync(
        GetFunctionConfigurationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("GetFunctionConfiguration")
        {
            Method = "GET",
            Path = Function + "/configuration",
            PathParameter = new("{FunctionName}", request.FunctionName),
            Query = WireRequest.Parameters(("Qualifier", request.Qualifier)),
        };
        return SendAsync(wire, AwsJson.Answers<GetFunctionConfigurationResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>A page of the region's functions.</summary>
    /// <exception cref="AmazonLambdaException">The call was refused.</exception>
    public Task<ListFunctionsResponse> ListFunctionsAsync(ListFunctionsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("ListFunctions")
        {
            Method = "GET",
            Path = "/2015-03-31/functions",
            Query = WireRequest.Parameters(
                ("FunctionVersion", request.FunctionVersion), ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        };
        return SendAsync(wire, AwsJson.Answers<ListFunctionsResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>Changes a function's settings.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The call was refused; <c>ResourceConflictException</c>: another change is in progress, <c>PreconditionFailedException</c>: the
    /// revision is another.
    /// </exception>
    public async Task<UpdateFunctionConfigurationResponse> UpdateFunctionConfigurationAsync(
        UpdateFunctionConfigurationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => FunctionConfigurationJson.Write(json, request));
        var wire = new WireRequest("UpdateFunctionConfiguration", body)
        {
            Method = "PUT",
            Path = Function + "/configuration",
            PathParameter = new("{FunctionName}", request.FunctionName),
            ContentType = "application/json",
        };
        return await SendAsync(wire, AwsJson.Answers<UpdateFunctionConfigurationResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lets a function read a source.</summary>
    /// <exception cref="AmazonLambdaException">The call was refused; <c>ResourceConflictException</c>: the mapping exists.</exception>
    public async Task<CreateEventSourceMappingResponse> CreateEventSourceMappingAsync(
        CreateEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => EventSourceMappingJson.Write(json, request));
        var wire = new WireRequest("CreateEventSourceMapping", body) { Path = Mappings, ContentType = "application/json" };
        return await SendMappingAsync<CreateEventSourceMappingResponse>(wire, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes, enables or disables an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The call was refused; <c>ResourceInUseException</c>: another change is in progress, <c>ResourceNotFoundException</c>: there is no such mapping.
    /// </exception>
    public async Task<UpdateEventSourceMappingResponse> UpdateEventSourceMappingAsync(
        UpdateEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => EventSourceMappingJson.Write(json, request));
        var wire = new WireRequest("UpdateEventSourceMapping", body)
        {
            Method = "PUT",
            Path = Mappings + "/{UUID}",
            PathParameter = new("{UUID}", request.UUID),
            ContentType = "application/json",
        };
        return await SendMappingAsync<UpdateEventSourceMappingResponse>(wire, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">The call was refused; <c>ResourceNotFoundException</c>: there is no such mapping.</exception>
    public Task<GetEventSourceMappingResponse> GetEventSourceMappingAsync(
        GetEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("GetEventSourceMapping") { Method = "GET", Path = Mappings + "/{UUID}", PathParameter = new("{UUID}", request.UUID) };
        return SendMappingAsync<GetEventSourceMappingResponse>(wire, cancellationToken);
    }

    /// <summary>A page of event source mappings.</summary>
    /// <exception cref="AmazonLambdaException">The call was refused.</exception>
    public Task<ListEventSourceMappingsResponse> ListEventSourceMappingsAsync(
        ListEventSourceMappingsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("ListEventSourceMappings")
        {
            Method = "GET",
            Path = Mappings,
            Query = WireRequest.Parameters(
                ("EventSourceArn", request.EventSourceArn), ("FunctionName", request.FunctionName),
                ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        };
        return SendAsync(wire, AwsJson.Answers<ListEventSourceMappingsResponse>(EventSourceMappingJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>Deletes an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The call was refused; <c>ResourceInUseException</c>: a change is in progress, <c>ResourceNotFoundException</c>: there is no such mapping.
    /// </exception>
    public Task<DeleteEventSourceMappingResponse> DeleteEventSourceMappingAsync(
        DeleteEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("DeleteEventSourceMapping") { Method = "DELETE", Path = Mappings + "/{UUID}", PathParameter = new("{UUID}", request.UUID) };
        return SendMappingAsync<DeleteEventSourceMappingResponse>(wire, cancellationToken);
    }

    private Task<TResponse> SendMappingAsync<TResponse>(WireRequest wire, CancellationToken cancellationToken)
        where TResponse : EventSourceMappingConfiguration, new() =>
        SendAsync(wire, AwsJson.Answers<TResponse>(EventSourceMappingJson.Read, AmazonLambdaException.Of), cancellationToken);
}
