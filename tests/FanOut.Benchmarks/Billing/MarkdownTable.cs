using System.Globalization;
using System.Text;

namespace FanOut.Benchmarks.Billing;

/// <summary>A table of docs/performance.md.</summary>
/// <param name="columns">The titles of its columns.</param>
internal sealed class MarkdownTable(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (IEnumerable<string> row in (IEnumerable<IEnumerable<string>>)[columns, columns.Select(static (_, i) => i == 0 ? "---" : "---:"), .. _rows])
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        return text.ToString();
    }
}
