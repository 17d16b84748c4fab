using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The functions of all accounts and regions of the cloud.</summary>
internal sealed class FunctionRegistry
{
    private readonly ConcurrentDictionary<(string Region, string AccountId, string Name), LambdaFunction> _functions = new();

    public IReadOnlyCollection<LambdaFunction> All => [.. _functions.Values];

    /// <summary>Adds a function; one of that name is replaced.</summary>
    public void Add(LambdaFunction function) => _functions[KeyOf(function)] = function;

    /// <summary>Adds a function unless there is one of that name.</summary>
    public bool TryAdd(LambdaFunction function) => _functions.TryAdd(KeyOf(function), function);

    /// <summary>Removes a function and returns it; null: there is none.</summary>
    public LambdaFunction? Remove(FunctionName name, string region, string accountId) =>
        _functions.TryRemove((name.Region ?? region, name.AccountId ?? accountId, name.Name), out var function) ? function : null;

    /// <summary>The ARN, without a qualifier, of the function that a caller in a region and account means.</summary>
    public static string ArnOf(FunctionName name, string region, string accountId) =>
        ArnText.Of("lambda", name.Region ?? region, name.AccountId ?? accountId, $"function:{name.Name}");

    /// <summary>The function that a caller in a region and account means.</summary>
    /// <exception cref="ServiceException">ResourceNotFoundException: there is none, or not this alias or version, or it is in another region.</exception>
    public LambdaFunction Find(FunctionName name, string region, string accountId) => View(name, region, accountId).Function;

    /// <summary>The function, or its alias or version, that a caller in a region and account means.</summary>
    /// <exception cref="ServiceException">ResourceNotFoundException: there is none, or not this alias or version, or it is in another region.</exception>
    public FunctionView View(FunctionName name, string region, string accountId)
    {
        if (name.Region is { } other && other != region)
        {
            throw NotFound($"Functions from '{other}' are not reachable in this region ('{region}')");
        }

        var arn = ArnOf(name, region, accountId);
        var function = _functions.GetValueOrDefault((region, name.AccountId ?? accountId, name.Name)) ?? throw NotFound($"Function not found: {arn}");
        return function.View(name.Qualifier) ?? throw NotFound($"Function not found: {arn}:{name.Qualifier}");
    }

    /// <summary>The function in the path of a call, or its alias or version if the query has a qualifier.</summary>
    /// <inheritdoc cref="View(FunctionName, string, string)"/>
    public FunctionView View(ServiceCall call) =>
        View(LambdaRoute.NameIn(call).With(call.Request.QueryValue("Qualifier")), call.Region, call.AccountId);

    /// <summary>The function in the path of a call, which must not have a qualifier.</summary>
    /// <exception cref="ServiceException">ResourceNotFoundException; InvalidParameterValueException: the call names an alias or version.</exception>
    public LambdaFunction Unqualified(ServiceCall call)
    {
        var name = LambdaRoute.NameIn(call);
        return name.Qualifier is null
            ? Find(name, call.Region, call.AccountId)
            : throw new ServiceException(
                "InvalidParameterValueException",
                "This operation is permitted on Lambda functions only. Lambda aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.");
    }

    private static (string Region, string AccountId, string Name) KeyOf(LambdaFunction function)
    {
        var name = FunctionName.Parse(function.Arn);
        return (name.Region!, name.AccountId!, name.Name);
    }

    private static ServiceException NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
