namespace FanOut.LocalCloud;

/// <summary>The operations that change nothing, told by their names as AWS gives them.</summary>
internal static class ReadOperations
{
    private static readonly string[] Verbs = ["Get", "List", "Describe", "BatchGet"];

    // Of OpenSearch: Info and Count. AssumeRole makes credentials, no resource.
    private static readonly string[] Names = ["Query", "Scan", "AssumeRole", "Info", "Count"];

    public static bool Contains(string operation) =>
        Names.Contains(operation) || Verbs.Any(verb => operation.StartsWith(verb, StringComparison.Ordinal) && operation.Length > verb.Length && char.IsAsciiLetterUpper(operation[verb.Length]));
}
