using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FanOut.Help.Texts;

/// <summary>Reads XML documentation as text for users of PowerShell: references to C# members become names of cmdlets and parameters.</summary>
internal static partial class ReadText
{
    /// <summary>The blocks of an element. Text between paragraphs, listings and lists is a paragraph too.</summary>
    public static IReadOnlyList<Block> Blocks(XElement element)
    {
        List<Block> blocks = [];
        List<Run> runs = [];
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" or "code" or "list" } block)
            {
                Close(runs, blocks);
                blocks.AddRange(block.Name.LocalName switch
                {
                    "para" => Blocks(block),
                    "code" => [new Listing(Code(block))],
                    _ => [List(block)],
                });
            }
            else
            {
                Add(node, runs);
            }
        }

        Close(runs, blocks);
        return blocks;
    }

    /// <summary>The lines of a listing, without their common indentation.</summary>
    public static string Code(XElement element)
    {
        string[] lines = element.Value.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        List<string> kept = [.. lines.SkipWhile(string.IsNullOrWhiteSpace).Select(static l => l.TrimEnd())];

        // The first line may be directly after the tag.
        bool isInline = kept.Count > 0 && kept.Count == lines.Length;
        int indentation = kept.Skip(isInline ? 1 : 0).Where(static l => l.Length > 0)
            .Select(static l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', kept.Select((l, i) => isInline && i == 0 ? l.TrimStart() : l[Math.Min(indentation, l.Length)..]));
    }

    private static Itemized List(XElement list)
    {
        IEnumerable<Paragraph> items = list.Elements("item").Select(static item =>
        {
            List<Run> runs = [];
            XElement? term = item.Element("term"), description = item.Element("description");
            Add(term, runs);
            if (term is not null && description is not null)
            {
                runs.Add(new Run(": ", IsCode: false));
            }

            Add(description ?? (term is null ? item : null), runs);
            return new Paragraph(Trimmed(runs));
        });
        return new Itemized([.. items], (string?)list.Attribute("type") == "number");
    }

    private static void Close(List<Run> runs, List<Block> blocks)
    {
        if (Trimmed(runs) is { Count: > 0 } words)
        {
            blocks.Add(new Paragraph(words));
        }

        runs.Clear();
    }

    private static void Add(XNode? node, List<Run> runs)
    {
        switch (node)
        {
            case XText text:
                runs.Add(new Run(text.Value, IsCode: false));
                break;
            case XElement { Name.LocalName: "c" } code:
                runs.Add(new Run(code.Value, IsCode: true));
                break;
            case XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference:
                runs.Add(Reference(reference));
                break;
            case XElement other:
                foreach (XNode inner in other.Nodes())
                {
                    Add(inner, runs);
                }

                break;
        }
    }

    private static Run Reference(XElement reference)
    {
        string said = reference.Value.Trim();
        if ((string?)reference.Attribute("href") is { } address)
        {
            return new Run(said.Length == 0 ? address : $"{said} ({address})", IsCode: false);
        }

        if (said.Length > 0)
        {
            return new Run(said, IsCode: false);
        }

        return new Run(
            (string?)reference.Attribute("langword") is { } word ? "$" + word
            : (string?)reference.Attribute("cref") is { } member ? NameOf(member)
            : (string?)reference.Attribute("name") ?? "",
            IsCode: true);
    }

    /// <summary>The name of a member in PowerShell: that of the cmdlet or parameter, else its own.</summary>
    /// <param name="member">The id that the compiler gave it: <c>T:FanOut.Commands.GetFanOutTargetCommand</c>.</param>
    public static string NameOf(string member)
    {
        ArgumentNullException.ThrowIfNull(member);
        string[] parts = member[2..].Split('(')[0].Split('.');
        return member[0] switch
        {
            'T' when CommandClass().Match(parts[^1]) is { Success: true } cmdlet => $"{cmdlet.Groups["verb"]}-{cmdlet.Groups["noun"]}",
            'P' when parts is [.., var type, var parameter] && type.EndsWith("Command", StringComparison.Ordinal) => "-" + parameter,
            _ => parts[^1].Split('`')[0],
        };
    }

    // Line breaks of the source become spaces, also in code within a sentence.
    private static List<Run> Trimmed(List<Run> runs)
    {
        List<Run> result = [];
        bool hasSpace = true;
        foreach (Run run in runs)
        {
            var text = new StringBuilder();
            foreach (char c in run.Text)
            {
                bool isSpace = char.IsWhiteSpace(c);
                if (!isSpace || !hasSpace)
                {
                    text.Append(isSpace ? ' ' : c);
                }

                hasSpace = isSpace;
            }

            if (text.Length > 0)
            {
                result.Add(run with { Text = text.ToString() });
            }
        }

        if (result is [.., var last] && last.Text.EndsWith(' '))
        {
            result.RemoveAt(result.Count - 1);
            if (last.Text.TrimEnd() is { Length: > 0 } rest)
            {
                result.Add(last with { Text = rest });
            }
        }

        return result;
    }

    [GeneratedRegex("^(?<verb>[A-Z][a-z]+)(?<noun>FanOut[A-Za-z]*)Command$")]
    private static partial Regex CommandClass();
}
