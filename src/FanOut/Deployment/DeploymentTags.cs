namespace FanOut.Deployment;

/// <summary>The tags by which the module recognizes what it made.</summary>
internal static class DeploymentTags
{
    /// <summary>What the keys of the module's own tags begin with.</summary>
    public const string Prefix = "fanout:";

    /// <summary>On everything that was made for a function; its value is the function's name.</summary>
    public const string Function = "fanout:function";

    /// <summary>On a function whose upgrade is not finished; its value is the version with the old code.</summary>
    public const string Upgrading = "fanout:upgrading";

    /// <summary>The tags of a resource that is made for a function: the user's, and the module's own.</summary>
    public static Dictionary<string, string> Of(string function, IReadOnlyDictionary<string, string>? given) =>
        new(given ?? new Dictionary<string, string>()) { [Function] = function };

    /// <summary>The tags that are missing, or have another value.</summary>
    public static Dictionary<string, string> Missing(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> there) =>
        wanted.Where(t => !there.TryGetValue(t.Key, out string? value) || value != t.Value).ToDictionary();

    /// <summary>The change as -WhatIf shows it: names without values.</summary>
    public static string Action(Dictionary<string, string> tags) => $"Tag with {string.Join(", ", tags.Keys.Order(StringComparer.Ordinal))}";
}
