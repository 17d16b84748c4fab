using System.Security.Cryptography;
using System.Text;

namespace FanOut.Deployment.Templates;

/// <summary>Logical ids of a template: letters and digits only, so names alone may become equal.</summary>
internal static class LogicalId
{
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html: 255 characters.
    private const int LongestName = 150;

    /// <summary>The function.</summary>
    public const string Function = "Function";

    /// <summary>The function's alias.</summary>
    public const string Alias = "Alias";

    /// <summary>The version that the alias names.</summary>
    public const string Version = "Version";

    /// <summary>The function's role.</summary>
    public const string Role = "Role";

    /// <summary>The table of mappings.</summary>
    public const string Table = "Table";

    /// <summary>The log group.</summary>
    public const string LogGroup = "LogGroup";

    /// <summary>The id of a source: the same in every template in which it is, whatever else is there.</summary>
    /// <param name="kind">What it is, such as <c>Kinesis</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="identity">What tells it from all others, such as its ARN.</param>
    public static string Of(string kind, string name, string identity)
    {
        string letters = Letters(name);
        return $"{kind}{(letters.Length > LongestName ? letters[..LongestName] : letters)}{Digest(identity)}";
    }

    /// <summary>The letters and digits of a name.</summary>
    public static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    /// <summary>Eight digits that differ where texts differ.</summary>
    public static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
