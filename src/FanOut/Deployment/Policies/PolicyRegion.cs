using System.Text.RegularExpressions;

namespace FanOut.Deployment.Policies;

/// <summary>Where the function lies that a policy was made for.</summary>
/// <remarks>Roles belong to no region: functions of the same name in two regions would share <c>nameRole</c>, and each take the other's policy away.</remarks>
internal static partial class PolicyRegion
{
    /// <summary>The region of the policy's log group, which every policy of a function names; none: there is no policy, or it names none.</summary>
    public static string? Of(string? document) => document is not null && LogGroup().Match(document) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex(@"arn:[a-z-]+:logs:([a-z0-9-]+):")]
    private static partial Regex LogGroup();
}
