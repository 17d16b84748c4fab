using FanOut.LocalCloud.Lambda.Deployment;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The state of a function at one moment.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Id">The revision's id.</param>
/// <param name="LastModified">When the last update was asked for.</param>
/// <param name="Status">The status of that update, as in <c>LastUpdateStatus</c>.</param>
internal sealed record FunctionRevision(LambdaFunctionConfiguration Configuration, string Id, DateTimeOffset LastModified, string Status)
{
    public const string InProgress = "InProgress";
    public const string Successful = "Successful";

    /// <summary>The package that was uploaded over the API; null for functions that were added by test code.</summary>
    public FunctionPackage? Package { get; init; }

    /// <summary>Whether the function is being created: <c>State</c> <c>Pending</c>.</summary>
    public bool IsPending { get; init; }
}
