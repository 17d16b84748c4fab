using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// AWS Lambda: Invoke, functions' configurations, and event source mappings. Functions come from code, not over the API: real processes
/// (<see cref="LocalFunction"/>), recorders (<see cref="RecordingFunction"/>), or anything else that can be invoked.
/// </summary>
public sealed class LambdaService : IService, IAsyncDisposable
{
    private readonly LambdaServiceOptions _options;
    private readonly FunctionRegistry _functions = new();
    private readonly AsynchronousInvocations _asynchronous;
    private readonly InvokeOperation _invoke;
    private readonly FunctionOperations _operations;
    private readonly MappingOperations _mappings;

    /// <summary>Makes the service, without a function.</summary>
    public LambdaService(LambdaServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _asynchronous = new(options.TimeProvider);
        _invoke = new(_functions, _asynchronous);
        _operations = new(_functions, options);
        _mappings = new(_functions, options);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["lambda"];

    /// <summary>All functions there are.</summary>
    public IReadOnlyCollection<LambdaFunction> Functions => _functions.All;

    /// <summary>The event source mappings that were made over the API or by <see cref="Map"/>, by their UUID.</summary>
    public IReadOnlyDictionary<string, EventSourceMapping> EventSourceMappings => _mappings.Mappings;

    /// <summary>Every batch that a mapping gave up.</summary>
    public IReadOnlyCollection<DiscardedBatch> Discarded => _mappings.Discarded;

    /// <summary>Adds a function that runs as processes; disposing it stays with the caller. A function of that name is replaced.</summary>
    /// <returns>Its ARN.</returns>
    public string Add(LocalFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _functions.Add(new(function.Arn, function, function.Options.Configuration, _options.TimeProvider));
        return function.Arn;
    }

    /// <summary>Adds a function. A function of that name is replaced.</summary>
    /// <param name="name">Its name, or its ARN for another account or region than the service's own.</param>
    /// <param name="function">What invokes it.</param>
    /// <param name="configuration">What the API tells of it; null, the default, for all defaults.</param>
    /// <returns>Its ARN.</returns>
    public string Add(string name, IFunctionInvoker function, FunctionConfiguration? configuration = null)
    {
        var arn = FunctionRegistry.ArnOf(FunctionName.Parse(name), _options.Region, _options.AccountId);
        _functions.Add(new(arn, function, configuration ?? new(), _options.TimeProvider));
        return arn;
    }

    /// <summary>The function with this name or ARN; null when there is none.</summary>
    public LambdaFunction? Find(string name)
    {
        var arn = FunctionRegistry.ArnOf(FunctionName.Parse(name), _options.Region, _options.AccountId);
        return Functions.FirstOrDefault(function => function.Arn == arn);
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
    public EventSourceMapping Map(string streamArn, string functionName, EventSourceMappingSettings settings)
    {
        var name = FunctionName.Parse(functionName);
        return _mappings.Add(
            streamArn, name, name.Region ?? _options.Region, name.AccountId ?? _options.AccountId, settings, null, enabled: true).Mapping;
    }

    /// <inheritdoc/>
    public CallTarget Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return Route(serviceCall.Request) switch
        {
            ("POST", ["functions", var name, "invocations"]) => new("Invoke", ArnOf(serviceCall, name)),
            ("GET", ["functions"]) => new("ListFunctions"),
            ("GET", ["functions", var name]) => new("GetFunction", ArnOf(serviceCall, name)),
            ("GET", ["functions", var name, "configuration"]) => new("GetFunctionConfiguration", ArnOf(serviceCall, name)),
            ("PUT", ["functions", var name, "configuration"]) => new("UpdateFunctionConfiguration", ArnOf(serviceCall, name)),
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
        return serviceCall.Operation == "Invoke"
            ? _invoke.AnswerAsync(serviceCall, NameIn(serviceCall), cancellationToken)
            : Task.FromResult(Answer(serviceCall));
    }

    /// <summary>Stops all mappings and gives up what runs; functions are the callers'.</summary>
    public async ValueTask DisposeAsync()
    {
        await _mappings.DisposeAsync().ConfigureAwait(false);
        await _asynchronous.DisposeAsync().ConfigureAwait(false);
    }

    private HttpResponse Answer(ServiceCall call) => call.Operation switch
    {
        "ListFunctions" => _operations.List(call),
        "GetFunction" => _operations.Get(call, NameIn(call)),
        "GetFunctionConfiguration" => _operations.GetConfiguration(call, NameIn(call)),
        "UpdateFunctionConfiguration" => _operations.UpdateConfiguration(call, NameIn(call)),
        "CreateEventSourceMapping" => _mappings.Create(call),
        "ListEventSourceMappings" => _mappings.List(call),
        "GetEventSourceMapping" => _mappings.Get(call),
        "UpdateEventSourceMapping" => _mappings.Update(call),
        _ => _mappings.Delete(call),
    };

    private static FunctionName NameIn(ServiceCall call) => FunctionName.Parse(Uri.UnescapeDataString(Route(call.Request).Path[1]));

    private static string ArnOf(ServiceCall call, string pathSegment) =>
        FunctionRegistry.ArnOf(FunctionName.Parse(Uri.UnescapeDataString(pathSegment)), call.Region, call.AccountId);

    // Clients write event-source-mappings with and without a slash at the end.
    private static (string Method, string[] Path) Route(HttpRequest request) =>
        request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["2015-03-31", .. var path] ? (request.Method, path) : (request.Method, []);
}
