using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The policy of a role that the function assumes to send to targets, often in another account.</summary>
internal static class TargetRolePolicy
{
    /// <summary>The role that is assumed for a mapping; null: the function's own role sends, or the target is a cache, which does not know roles.</summary>
    public static string? RoleOf(Mapping mapping) => mapping.Destination is CacheDestination || mapping is { Destination: HttpDestination, HeadersSecret: null } ? null : mapping.Role;

    /// <summary>All roles that the function assumes.</summary>
    public static IReadOnlyList<string> RolesOf(FunctionFacts facts) => [.. facts.Mappings.Select(RoleOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The policy of one of these roles.</summary>
    public static PolicyDocument Of(string role, FunctionFacts facts) =>
        PolicyDocument.Of(Mappings(role, facts).SelectMany(m => DestinationGrants.Of(m, facts.Home)).Concat(KeyGrants.ForRole(role, facts)));

    /// <summary>The mappings for which the role is assumed.</summary>
    public static IEnumerable<Mapping> Mappings(string role, FunctionFacts facts) => facts.Mappings.Where(m => RoleOf(m) == role);
}
