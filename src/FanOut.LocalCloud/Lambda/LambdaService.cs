using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Lambda.Runtime;
using FanOut.LocalCloud.Lambda.Versions;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// AWS Lambda: functions, their versions and aliases, Invoke, and event source mappings. A function is deployed over the API and runs as a process
/// with the credentials of its role; or test code adds it: a process (<see cref="LocalFunction"/>), a recorder (<see cref="RecordingFunction"/>), or
/// anything else that can be invoked.
/// </summary>
public sealed class LambdaService : IService, IAsyncDisposable
{
    private readonly LambdaServiceOptions _options;
    private readonly FunctionRegistry _functions = new();
    private readonly AsynchronousInvocations _asynchronous;
    private readonly DeploymentOperations _deployments;
    private readonly EventSourceMappingOperations _eventSourceMappings;
    private readonly OperationTable _operations;

    /// <summary>Makes the service, without a function.</summary>
    public LambdaService(LambdaServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        FunctionHost? host = options.Cloud is { } cloud ? new(cloud, options) : null;
        _asynchronous = new(host, options);
        _deployments = new(_functions, host, options);
        _eventSourceMappings = new(_functions, host, options);
        FunctionOperations descriptions = new(_functions, host, options);
        VersionOperations versions = new(_functions);
        AliasOperations aliases = new(_functions);
        ConcurrencyOperations concurrency = new(_functions);
        PermissionOperations permissions = new(_functions);
        TagOperations tags = new(_functions);
        EventInvokeConfigOperations asynchronous = new(_functions, host);
        _operations = new()
        {
            ["CreateFunction"] = _deployments.Create,
            ["UpdateFunctionCode"] = _deployments.UpdateCode,
            ["DeleteFunction"] = _deployments.Delete,
            ["ListFunctions"] = descriptions.List,
            ["GetFunction"] = descriptions.Get,
            ["GetFunctionConfiguration"] = descriptions.GetConfiguration,
            ["UpdateFunctionConfiguration"] = descriptions.UpdateConfiguration,
            ["PublishVersion"] = versions.Publish,
            ["ListVersionsByFunction"] = versions.List,
            ["CreateAlias"] = aliases.Create,
            ["GetAlias"] = aliases.Get,
            ["ListAliases"] = aliases.List,
            ["UpdateAlias"] = aliases.Update,
            ["DeleteAlias"] = aliases.Delete,
            ["PutFunctionConcurrency"] = concurrency.Put,
            ["GetFunctionConcurrency"] = concurrency.Get,
            ["DeleteFunctionConcurrency"] = concurrency.Delete,
            ["PutFunctionEventInvokeConfig"] = asynchronous.Put,
            ["UpdateFunctionEventInvokeConfig"] = asynchronous.Update,
            ["GetFunctionEventInvokeConfig"] = asynchronous.Get,
            ["ListFunctionEventInvokeConfigs"] = asynchronous.List,
            ["DeleteFunctionEventInvokeConfig"] = asynchronous.Delete,
            ["AddPermission"] = permissions.Add,
            ["GetPolicy"] = permissions.Get,
            ["RemovePermission"] = permissions.Remove,
            ["TagResource"] = tags.Tag,
            ["UntagResource"] = tags.Untag,
            ["ListTags"] = tags.List,
            ["CreateEventSourceMapping"] = _eventSourceMappings.Create,
            ["ListEventSourceMappings"] = _eventSourceMappings.List,
            ["GetEventSourceMapping"] = _eventSourceMappings.Get,
            ["UpdateEventSourceMapping"] = _eventSourceMappings.Update,
            ["DeleteEventSourceMapping"] = _eventSourceMappings.Delete,
        };
        _operations.Add("Invoke", new InvokeOperation(_functions, _asynchronous).AnswerAsync);
        if (options.Cloud is { } notifying)
        {
            notifying.Sns.Invoke = new NotifiedFunction(_functions, _asynchronous).Invoke;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["lambda"];

    /// <summary>All functions.</summary>
    public IReadOnlyCollection<LambdaFunction> Functions => _functions.All;

    /// <summary>The event source mappings that were made over the API or by <see cref="CreateEventSourceMapping"/>, by their UUID.</summary>
    public IReadOnlyDictionary<string, EventSourceMapping> EventSourceMappings => _eventSourceMappings.ById;

    /// <summary>Every batch that an event source mapping discarded.</summary>
    public IReadOnlyCollection<DiscardedBatch> Discarded => _eventSourceMappings.Discarded;

    /// <summary>Adds a function that runs as processes. The caller disposes of it. A function of that name is replaced.</summary>
    /// <returns>Its ARN.</returns>
    public string Add(LocalFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _functions.Add(new(function.Arn, function, function.Options.Configuration, _options.TimeProvider) { PublishMetric = _options.PublishMetric });
        return function.Arn;
    }

    /// <summary>Adds a function. A function of that name is replaced.</summary>
    /// <param name="name">Its name, or its ARN for another account or region than the service's own.</param>
    /// <param name="function">What invokes it.</param>
    /// <param name="configuration">The configuration that the API shows; null, the default, for all defaults.</param>
    /// <returns>Its ARN.</returns>
    public string Add(string name, IFunctionInvoker function, LambdaFunctionConfiguration? configuration = null)
    {
        var arn = FunctionRegistry.ArnOf(FunctionName.Parse(name), _options.Region, _options.AccountId);
        _functions.Add(new(arn, function, configuration ?? new(), _options.TimeProvider) { PublishMetric = _options.PublishMetric });
        return arn;
    }

    /// <summary>The function with this name or ARN; null when there is none.</summary>
    public LambdaFunction? Find(string name)
    {
        var arn = FunctionRegistry.ArnOf(FunctionName.Parse(name), _options.Region, _options.AccountId);
        return Functions.FirstOrDefault(function => function.Arn == arn);
    }

    /// <summary>Removes a function; callers get ResourceNotFoundException from now on.</summary>
    /// <param name="name">Its name or ARN.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string name) => _deployments.Remove(FunctionName.Parse(name), _options.Region, _options.AccountId);

    /// <summary>Makes and starts an event source mapping, as CreateEventSourceMapping does.</summary>
    /// <param name="streamArn">The stream.</param>
    /// <param name="functionName">The function's name or ARN.</param>
    /// <param name="settings">How to read and retry.</param>
    /// <exception cref="ServiceException">The stream or the function does not exist, or there is such an event source mapping already.</exception>
    public EventSourceMapping CreateEventSourceMapping(string streamArn, string functionName, EventSourceMappingOptions settings)
    {
        var name = FunctionName.Parse(functionName);
        return _eventSourceMappings.Add(
            streamArn, name, name.Region ?? _options.Region, name.AccountId ?? _options.AccountId, settings, null, enabled: true).EventSourceMapping;
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return LambdaRoute.Of(serviceCall);
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return _operations.AnswerAsync(serviceCall, cancellationToken);
    }

    /// <summary>Stops all event source mappings, cancels invocations, and ends deployed functions; functions that test code added are left to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _eventSourceMappings.DisposeAsync().ConfigureAwait(false);
        await _asynchronous.DisposeAsync().ConfigureAwait(false);
        await _deployments.EndAsync().ConfigureAwait(false);
    }
}
