namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>docs/migrating.md, as far as it can be run.</summary>
internal static class MigrationGuide
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Join(Checkout.Root, "docs", "migrating.md"));

    /// <summary>The pairs: a line of the original tool, and the cmdlet's line under it.</summary>
    public static IReadOnlyList<(string Original, string Cmdlet)> Pairs { get; } = [.. Blocks("text").SelectMany(PairsOf)];

    /// <summary>The scripts, in the order of the text.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [.. Blocks("powershell").Select(static b => string.Join('\n', b))];

    /// <summary>The rows of the tables, without their heads: the original's words, and ours.</summary>
    public static IReadOnlyList<(string Original, string Ours)> Rows { get; } =
    [
        .. Lines.Where(static l => l.StartsWith("| `", StringComparison.Ordinal)).Select(static l => l.Split('|')).Select(static c => (c[1], c[2])),
    ];

    private static IEnumerable<List<string>> Blocks(string language)
    {
        List<string>? block = null;
        foreach (string line in Lines.Select(static l => l.Trim()))
        {
            if (block is null)
            {
                block = line == "```" + language ? [] : null;
            }
            else if (line == "```")
            {
                yield return block;
                block = null;
            }
            else
            {
                block.Add(line);
            }
        }
    }

    private static IEnumerable<(string Original, string Cmdlet)> PairsOf(List<string> block)
    {
        string[] lines = [.. block.Where(static l => l.Length > 0)];
        Assert.True(lines.Length % 2 == 0, $"A line has no partner in the block that starts with {lines[0]}");
        return lines.Chunk(2).Select(static l => (l[0], l[1]));
    }
}
