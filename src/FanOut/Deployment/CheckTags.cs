using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>Checks a user's tags before anything is made: functions, tables, log groups and roles take the same ones.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"/></remarks>
internal static class CheckTags
{
    // Of the 50 that a resource may have three are the module's own: whose it is, its version, and a function's whose upgrade is not finished.
    private const int MostTags = 47;

    private const int MostOfKey = 128, MostOfValue = 256;

    /// <summary>The tags.</summary>
    /// <exception cref="FanOutException">InvalidParameter: one of them is not allowed.</exception>
    public static Dictionary<string, string> Checked(Dictionary<string, string> tags)
    {
        foreach ((string key, string value) in tags)
        {
            string? problem = key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? "AWS keeps keys for itself that begin with aws:"
                : key.StartsWith(DeploymentTags.Prefix, StringComparison.OrdinalIgnoreCase) ? $"keys that begin with {DeploymentTags.Prefix} are how this module recognizes what it made"
                : key.Length is 0 or > MostOfKey ? $"a key has up to {MostOfKey} characters"
                : value.Length > MostOfValue ? $"its value has {value.Length} characters, and may have {MostOfValue}"
                : !key.All(IsAllowed) || !value.All(IsAllowed) ? "keys and values may have letters, digits, blanks and _ . : / = + - @"
                : null;
            if (problem is not null)
            {
                throw FanOutError.InvalidParameter("Tag", key, $"has '{key}': {problem}.");
            }
        }

        return tags.Count <= MostTags ? tags : throw FanOutError.InvalidParameter("Tag", tags.Count, $"has {tags.Count} tags; up to {MostTags} are possible.");
    }

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == ' ' || "_.:/=+-@".Contains(c, StringComparison.Ordinal);
}
