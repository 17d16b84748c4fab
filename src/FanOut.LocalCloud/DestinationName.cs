using System.IO.Enumeration;

namespace FanOut.LocalCloud;

/// <summary>Compares destinations by their ARNs or by their short names, which are handy in tests.</summary>
internal static class DestinationName
{
    /// <summary>The last part of an ARN: <c>orders</c> of <c>arn:aws:kinesis:…:stream/orders</c>.</summary>
    public static string Short(string destination) => destination.StartsWith("arn:", StringComparison.Ordinal)
        ? destination[(destination.LastIndexOfAny([':', '/']) + 1)..]
        : destination;

    public static bool Is(string destination, string name) => destination == name || Short(destination) == name;

    /// <summary>Whether a pattern with <c>*</c> and <c>?</c> matches this destination, or its short name.</summary>
    public static bool Matches(string destination, string pattern) =>
        FileSystemName.MatchesSimpleExpression(pattern, destination, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, Short(destination), ignoreCase: false);
}
