using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// AWS Lambda: Invoke, and event source mappings. Functions come from code, not over the API: real processes
/// (<see cref="LocalFunction"/>), recorders (<see cref="RecordingFunction"/>), or anything else that can be invoked.
/// </summary>
public sealed class LambdaService : IService, IAsyncDisposable
{
    private readonly LambdaServiceOptions _options;
    private readonly FunctionRegistry _functions = new();
    private readonly AsynchronousInvocations _asynchronous;
    private readonly InvokeOperation _invoke;
    private readonly MappingOperations _mappings;

    /// <summary>Makes the service, without a function.</summary>
    public LambdaService(LambdaServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _asynchronous = new(options.TimeProvider);
        _invoke = new(_functions, _asynchronous, options.Partition);
        _mappings = new(_functions, options);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["lambda"];

    /// <summary>The event source mappings that were made over the API or by <see cref="Map"/>, by their UUID.</summary>
    public IReadOnlyDictionary<string, EventSourceMapping> EventSourceMappings => _mappings.Mappings;

    /// <summary>Every batch that a mapping gave up.</summary>
    public IReadOnlyCollection<DiscardedBatch> Discarded => _mappings.Discarded;

    /// <summary>Adds a function that runs as processes; disposing it stays with the caller. A function of that name is replaced.</summary>
    /// <returns>Its ARN.</returns>
    public string Add(LocalFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _functions.Add(function.Arn, function);
        return function.Arn;
    }

    /// <summary>Adds a function. A function of that name is replaced.</summary>
    /// <param name="name">Its name, or its ARN for another account or region than the service's own.</param>
    /// <param name="function">What invokes it.</param>
    /// <returns>Its ARN.</returns>
    public string Add(string name, IFunctionInvoker function)
    {
        var arn = FunctionRegistry.Arn(FunctionName.Parse(name), _options.Partition, _options.Region, _options.AccountId);
        _functions.Add(arn, function);
        return arn;
    }

    /// <summary>Takes a function away; callers get ResourceNotFoundException from now on.</summary>
    /// <param name="name">Its name or ARN.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string name) => _functions.Remove(FunctionName.Parse(name), _options.Region, _options.AccountId);

    /// <summary>Makes and starts an event source mapping, as CreateEventSourceMapping does.</summary>
    /// <param name="streamArn">The stream.</param>
    /// <param name="functionName">The function's name or ARN.</param>
    /// <param name="settings">How to read and retry.</param>
    /// <exception cref="ServiceException">The stream or the function is not there, or is mapped already.</exception>
    public EventSourceMapping Map(string streamArn, string functionName, EventSourceMappingSettings settings) =>
        _mappings.Add(streamArn, FunctionName.Parse(functionName), _options.Region, _options.AccountId, settings, null, enabled: true).Mapping;

    /// <inheritdoc/>
    public CallTarget Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return Route(serviceCall.Request) switch
        {
            ("POST", ["functions", var name, "invocations"]) => new("Invoke", Arn(serviceCall, InvokeOperation.Name(name))),
            ("POST", ["event-source-mappings"]) => new("CreateEventSourceMapping"),
            ("GET", ["event-source-mappings"]) => new("ListEventSourceMappings"),
            ("GET", ["event-source-mappings", var id]) => new("GetEventSourceMapping", id),
            ("PUT", ["event-source-mappings", var id]) => new("UpdateEventSourceMapping", id),
            ("DELETE", ["event-source-mappings", var id]) => new("DeleteEventSourceMapping", id),
            _ => throw new ServiceException(
                "UnknownOperationException", $"This stand-in of Lambda has no {serviceCall.Request.Method} {serviceCall.Request.Path}.", 404),
        };
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return serviceCall.Operation switch
        {
            "Invoke" => _invoke.AnswerAsync(serviceCall, Route(serviceCall.Request).Path[1], cancellationToken),
            "CreateEventSourceMapping" => Task.FromResult(_mappings.Create(serviceCall)),
            "ListEventSourceMappings" => Task.FromResult(_mappings.List(serviceCall)),
            "GetEventSourceMapping" => Task.FromResult(_mappings.Get(serviceCall.Destination!)),
            "UpdateEventSourceMapping" => Task.FromResult(_mappings.Update(serviceCall.Destination!, serviceCall)),
            _ => Task.FromResult(_mappings.Delete(serviceCall.Destination!)),
        };
    }

    /// <summary>Stops all mappings and gives up what runs; functions are the callers'.</summary>
    public async ValueTask DisposeAsync()
    {
        await _mappings.DisposeAsync().ConfigureAwait(false);
        await _asynchronous.DisposeAsync().ConfigureAwait(false);
    }

    private string Arn(ServiceCall call, FunctionName name) => FunctionRegistry.Arn(name, _options.Partition, call.Region, call.AccountId);

    // Clients write event-source-mappings with and without a slash at the end.
    private static (string Method, string[] Path) Route(HttpRequest request) =>
        request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["2015-03-31", .. var path] ? (request.Method, path) : (request.Method, []);
}
