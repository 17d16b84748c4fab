using System.Text.RegularExpressions;

namespace FanOut.Deployment.Policies;

/// <summary>The region of the function for which a policy was made.</summary>
/// <remarks>
/// Roles belong to no region: functions of the same name in two regions would share the role <c>nameRole</c>, and each would replace the other's
/// policy.
/// </remarks>
internal static partial class PolicyRegion
{
    /// <summary>The region of the log group, which every policy of a function names; null: there is no policy, or it names none.</summary>
    public static string? Of(string? document) => document is not null && LogGroup().Match(document) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex(@"arn:[a-z-]+:logs:([a-z0-9-]+):")]
    private static partial Regex LogGroup();
}
