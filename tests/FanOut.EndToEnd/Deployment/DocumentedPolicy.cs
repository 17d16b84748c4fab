namespace FanOut.EndToEnd.Deployment;

/// <summary>The policy that docs/permissions.md has for people who use the cmdlets.</summary>
internal static class DocumentedPolicy
{
    /// <summary>Reads it.</summary>
    /// <param name="function">The function in place of the one that it speaks of.</param>
    public static string Read(string function = "fanout")
    {
        const string Start = "```json\n";
        string text = File.ReadAllText(Path.Join(Checkout.Root, "docs", "permissions.md"));
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)].Replace("fanout", function, StringComparison.Ordinal);
    }
}
