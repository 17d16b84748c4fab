using System.Text;
using System.Text.RegularExpressions;

namespace FanOut.Inspection.Policies;

/// <summary>Compares texts with the patterns of policies.</summary>
internal static partial class IamPattern
{
    // A pattern is somebody else's, and must not hold the user up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether a text fits a pattern with <c>*</c> and <c>?</c>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether capital letters count as small ones, as in actions.</param>
    public static bool Fits(string pattern, string text, bool ignoreCase = false)
    {
        string regex = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        return Regex.IsMatch(text, $@"\A{regex}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), Patience);
    }

    /// <summary>Whether a text fits a pattern that may have variables: <c>${aws:PrincipalAccount}</c>, <c>${*}</c>.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html</remarks>
    public static Truth FitsWithVariables(string pattern, string text, IamRequest request)
    {
        // What stands for itself is compared as a character that no ARN has.
        var filled = new StringBuilder();
        string literal = text.Replace('*', '\u0001').Replace('?', '\u0002');
        bool isKnown = true;
        int at = 0;
        foreach (Match variable in Variable().Matches(pattern))
        {
            filled.Append(pattern, at, variable.Index - at);
            at = variable.Index + variable.Length;
            string name = variable.Groups["name"].Value;
            string? value = name switch
            {
                "*" => "\u0001",
                "?" => "\u0002",
                "$" => "$",
                _ => request.ValuesOf(name) is [var only] ? only : null,
            };
            isKnown &= value is not null;
            filled.Append(value ?? "*");
        }

        filled.Append(pattern, at, pattern.Length - at);
        return !Fits(filled.ToString(), literal) ? Truth.No : isKnown ? Truth.Yes : Truth.Unknown;
    }

    /// <summary>A text that fits a pattern of ours, whose <c>${*}</c> stand for themselves: what a role would name.</summary>
    /// <param name="pattern">The pattern; <c>*</c> alone stays, as there is no resource.</param>
    public static string Example(string pattern) => pattern == "*" ? pattern : Variable().Replace(
        pattern.Replace("${*}", "\u0001", StringComparison.Ordinal).Replace("*", "example", StringComparison.Ordinal).Replace('\u0001', '*'), static v => v.Groups["name"].Value);

    [GeneratedRegex(@"\$\{(?<name>[^},]+)(?:,[^}]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
