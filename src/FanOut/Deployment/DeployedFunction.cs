using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Settings;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>A function as Lambda has it.</summary>
/// <param name="Configuration">Its settings; null: there is no such function.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="ReservedConcurrency">The invocations that are reserved for it; null: none.</param>
internal sealed record DeployedFunction(FunctionConfiguration? Configuration, IReadOnlyDictionary<string, string> Tags, int? ReservedConcurrency)
{
    // What the bash CLI of aws-lambda-fanout gives to create-function.
    private const string OriginalHandler = "fanout.handler";

    /// <summary>Whether it is the original aws-lambda-fanout, on any version of Node.js.</summary>
    public bool IsOriginal => Configuration is { Handler: OriginalHandler, Runtime: { } runtime } && runtime.StartsWith("nodejs", StringComparison.Ordinal);

    /// <summary>Whether an upgrade was begun and not finished.</summary>
    public bool IsUpgrading => Tags.ContainsKey(DeploymentTags.Upgrading);

    /// <summary>Whether it certainly is a fan-out function: the module made it, or it has a variable FANOUT_…, or it is the original.</summary>
    public bool IsFanOut => IsOriginal || Tags.ContainsKey(DeploymentTags.Function)
        || Configuration?.Environment?.Variables?.Keys.Any(static v => v.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal)) == true;

    /// <summary>Whether the module's own code takes the place of other code: it is the original, or its upgrade was not finished, or its owner forces it.</summary>
    public bool IsUpgrade => Configuration is not null && (IsOriginal || IsUpgrading || !IsFanOut);

    /// <summary>Reads a function that is, or becomes, a fan-out function.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="function">The function.</param>
    /// <param name="force">Whether it may be one that does not look like a fan-out function.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">FunctionNotFanOut.</exception>
    public static async Task<DeployedFunction> ReadFanOutAsync(AwsSession session, FunctionDestination function, bool force, CancellationToken cancellationToken)
    {
        DeployedFunction now = await ReadAsync(session, function, cancellationToken).ConfigureAwait(false);
        return now.Configuration is { } other && !now.IsFanOut && !force ? throw FanOutError.FunctionNotFanOut(function.Name, session.Region, other.Runtime) : now;
    }

    /// <summary>Reads a function.</summary>
    public static async Task<DeployedFunction> ReadAsync(AwsSession session, FunctionDestination function, CancellationToken cancellationToken)
    {
        try
        {
            GetFunctionResponse found = await session.Lambda().GetFunctionAsync(
                new GetFunctionRequest { FunctionName = function.FunctionName }, cancellationToken).ConfigureAwait(false);
            return new(found.Configuration, found.Tags ?? [], found.Concurrency?.ReservedConcurrentExecutions);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return new(null, new Dictionary<string, string>(), null);
        }
    }
}
