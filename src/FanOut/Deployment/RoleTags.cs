using FanOut.Aws.IdentityManagement;

namespace FanOut.Deployment;

/// <summary>Reads the tags of a role or policy.</summary>
internal static class RoleTags
{
    /// <summary>Whether the module made it for the function.</summary>
    public static bool IsOf(this List<Tag>? tags, string function) => tags.ToDictionary().GetValueOrDefault(DeploymentTags.Function) == function;

    /// <summary>The tags by their keys.</summary>
    public static Dictionary<string, string> ToDictionary(this List<Tag>? tags) => (tags ?? []).ToDictionary(static t => t.Key, static t => t.Value);
}
