using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>What a role must be allowed that the function assumes for sending, often in another account.</summary>
internal static class TargetRolePolicy
{
    /// <summary>The role that is assumed for a mapping; none: the function's own sends, or a cache is not asked who sends.</summary>
    public static string? RoleOf(Mapping mapping) => mapping.Destination is CacheDestination ? null : mapping.Role;

    /// <summary>The roles that are assumed.</summary>
    public static IReadOnlyList<string> RolesOf(FunctionFacts facts) => [.. facts.Mappings.Select(RoleOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The document.</summary>
    public static PolicyDocument Of(string role, FunctionFacts facts) =>
        PolicyDocument.Of(Mappings(role, facts).SelectMany(m => DestinationGrants.Of(m, facts.Home)).Concat(KeyGrants.ForRole(role, facts)));

    /// <summary>The mappings for which the role is assumed.</summary>
    public static IEnumerable<Mapping> Mappings(string role, FunctionFacts facts) => facts.Mappings.Where(m => RoleOf(m) == role);
}
