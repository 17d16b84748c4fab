using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The functions of all accounts and regions of the cloud.</summary>
internal sealed class FunctionRegistry
{
    private readonly ConcurrentDictionary<(string Region, string AccountId, string Name), RegisteredFunction> _functions = new();

    public void Add(string arn, IFunctionInvoker invoker)
    {
        var name = FunctionName.Parse(arn);
        _functions[(name.Region!, name.AccountId!, name.Name)] = new(arn, invoker);
    }

    public bool Remove(FunctionName name, string region, string accountId) =>
        _functions.TryRemove((name.Region ?? region, name.AccountId ?? accountId, name.Name), out _);

    /// <summary>The ARN, without a qualifier, of what a caller means.</summary>
    public static string Arn(FunctionName name, string partition, string region, string accountId) =>
        $"arn:{partition}:lambda:{name.Region ?? region}:{name.AccountId ?? accountId}:function:{name.Name}";

    /// <summary>The function that a caller in a region and account means.</summary>
    /// <exception cref="ServiceException">ResourceNotFoundException: there is none, or it is in another region.</exception>
    public RegisteredFunction Find(FunctionName name, string partition, string region, string accountId)
    {
        if (name.Region is { } other && other != region)
        {
            throw NotFound($"Functions from '{other}' are not reachable in this region ('{region}')");
        }

        return _functions.TryGetValue((region, name.AccountId ?? accountId, name.Name), out var function)
            ? function
            : throw NotFound($"Function not found: {Arn(name, partition, region, accountId)}");
    }

    private static ServiceException NotFound(string message) => new("ResourceNotFoundException", message, 404);
}

/// <summary>A function and its ARN, without a qualifier.</summary>
internal sealed record RegisteredFunction(string Arn, IFunctionInvoker Invoker);
