namespace FanOut.Benchmarks.Billing;

/// <summary>The pages that hold measured tables, each behind a line that names it: <c>&lt;!-- measured: memory --&gt;</c>.</summary>
internal static class MeasuredPages
{
    /// <summary>The pages, from the repository's root.</summary>
    public static IReadOnlyList<string> Paths { get; } = ["docs/performance.md", "docs/delivery.md"];

    /// <summary>The line before a table.</summary>
    public static string MarkOf(string table) => $"<!-- measured: {table} -->";

    /// <summary>Puts tables in the place of those that the pages have.</summary>
    /// <param name="tables">The tables by name.</param>
    public static async Task WriteAsync(IReadOnlyDictionary<string, MarkdownTable> tables)
    {
        foreach (string path in Paths.Select(static p => Path.Join(Checkout.Root, p)))
        {
            string[] lines = await File.ReadAllLinesAsync(path);
            await File.WriteAllTextAsync(path, Replace(lines, tables));
        }
    }

    private static string Replace(string[] lines, IReadOnlyDictionary<string, MarkdownTable> tables)
    {
        var text = new System.Text.StringBuilder();
        Dictionary<string, MarkdownTable> marks = tables.ToDictionary(static t => MarkOf(t.Key), static t => t.Value);
        bool isOld = false;
        foreach (string line in lines)
        {
            isOld &= line.StartsWith('|');
            if (isOld)
            {
                continue;
            }

            text.Append(line).Append('\n');
            if (marks.TryGetValue(line, out MarkdownTable? table))
            {
                text.Append(table);
                isOld = true;
            }
        }

        return text.ToString();
    }
}
