using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The functions of all accounts and regions of the cloud.</summary>
internal sealed class FunctionRegistry
{
    private readonly ConcurrentDictionary<(string Region, string AccountId, string Name), LambdaFunction> _functions = new();

    public IReadOnlyCollection<LambdaFunction> All => [.. _functions.Values];

    public void Add(LambdaFunction function)
    {
        var name = FunctionName.Parse(function.Arn);
        _functions[(name.Region!, name.AccountId!, name.Name)] = function;
    }

    public bool Remove(FunctionName name, string region, string accountId) =>
        _functions.TryRemove((name.Region ?? region, name.AccountId ?? accountId, name.Name), out _);

    /// <summary>The ARN, without a qualifier, of what a caller in a region and account means.</summary>
    public static string ArnOf(FunctionName name, string region, string accountId) =>
        Arn.Of("lambda", name.Region ?? region, name.AccountId ?? accountId, $"function:{name.Name}");

    /// <summary>The function that a caller in a region and account means.</summary>
    /// <exception cref="ServiceException">ResourceNotFoundException: there is none, or not this alias or version, or it is in another region.</exception>
    public LambdaFunction Find(FunctionName name, string region, string accountId)
    {
        if (name.Region is { } other && other != region)
        {
            throw NotFound($"Functions from '{other}' are not reachable in this region ('{region}')");
        }

        var arn = ArnOf(name, region, accountId);
        var function = _functions.GetValueOrDefault((region, name.AccountId ?? accountId, name.Name)) ?? throw NotFound($"Function not found: {arn}");
        return name.Qualifier is null or "$LATEST" || function.Configuration.Qualifiers?.Contains(name.Qualifier) != false
            ? function
            : throw NotFound($"Function not found: {arn}:{name.Qualifier}");
    }

    private static ServiceException NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
