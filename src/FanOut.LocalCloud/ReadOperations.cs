namespace FanOut.LocalCloud;

/// <summary>Tells by their names which operations change nothing.</summary>
internal static class ReadOperations
{
    private static readonly string[] Verbs = ["Get", "List", "Describe", "BatchGet"];

    // Info and Count are OpenSearch's. AssumeRole makes credentials, but no resource.
    private static readonly string[] Names = ["Query", "Scan", "AssumeRole", "SimulatePrincipalPolicy", "Info", "Count"];

    public static bool Contains(string operation) =>
        Names.Contains(operation) || Verbs.Any(verb => operation.StartsWith(verb, StringComparison.Ordinal) && operation.Length > verb.Length && char.IsAsciiLetterUpper(operation[verb.Length]));
}
