using System.Text.Json;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Deployment;

/// <summary>What a role's policies allow, permission by permission.</summary>
internal static class PolicyStatements
{
    /// <summary>Each action with each resource that it is allowed on.</summary>
    public static IEnumerable<(string Action, string Resource)> Allowed(IamRole role) => role.InlinePolicies.Values.SelectMany(Allowed);

    /// <inheritdoc cref="Allowed(IamRole)"/>
    public static IEnumerable<(string Action, string Resource)> Allowed(string policy) =>
        JsonDocument.Parse(policy).RootElement.GetProperty("Statement").EnumerateArray().SelectMany(static statement =>
            from action in Texts(statement.GetProperty("Action"))
            from resource in Texts(statement.GetProperty("Resource"))
            select (action, resource));

    /// <summary>Those permissions that nothing needed, in the order of the alphabet.</summary>
    public static IEnumerable<string> Unneeded(IamRole role, IEnumerable<AccessCheck> checks) => Allowed(role)
        .Where(permission => !checks.Any(check => check.RoleArn == role.Arn && check.Action == permission.Action && Fits(check.Resource, permission.Resource)))
        .Select(static permission => $"{permission.Action} {permission.Resource}").Order(StringComparer.Ordinal);

    /// <summary>Whether a resource is one of those that a pattern means.</summary>
    public static bool Fits(string resource, string pattern) => Regex.IsMatch(resource, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(static text => text.GetString()!) : [value.GetString()!];
}
