using System.Globalization;
using System.Text;
using FanOut.Help.Cmdlets;
using FanOut.Help.Texts;

namespace FanOut.Help.Output;

/// <summary>Writes help as pages in Markdown, one file per cmdlet.</summary>
internal static class Markdown
{
    /// <summary>Writes the pages, and deletes those of cmdlets that no longer exist.</summary>
    public static void Write(IReadOnlyList<Cmdlet> cmdlets, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string stale in Directory.EnumerateFiles(folder, "*.md").Where(f => cmdlets.All(c => c.Name != Path.GetFileNameWithoutExtension(f))))
        {
            File.Delete(stale);
        }

        foreach (Cmdlet cmdlet in cmdlets)
        {
            File.WriteAllText(Path.Join(folder, cmdlet.Name + ".md"), Page(cmdlet));
        }
    }

    /// <summary>The page of a cmdlet.</summary>
    public static string Page(Cmdlet cmdlet)
    {
        var page = new StringBuilder();
        page.Append("<!-- Written by the build from the documentation of the code: dotnet build src/FanOut.Help -t:CmdletDocs -->\n");
        Add(page, $"# {cmdlet.Name}", Escape(cmdlet.Synopsis));
        Add(page, "## Syntax", Fence(string.Join("\n\n", cmdlet.ParameterSets.Select(s => Syntax(cmdlet, s)))));
        Add(page, "## Description", [.. cmdlet.Description.Select(Of)]);
        Add(page, "## Examples", [.. cmdlet.Examples.SelectMany(static e => e.Remarks.Select(Of).Prepend(Fence(e.Code)))]);
        Add(page, "## Parameters");
        foreach (Parameter parameter in cmdlet.Parameters)
        {
            Add(page, $"### -{parameter.Name}", [.. parameter.Text.Select(Of), Facts(parameter, cmdlet)]);
        }

        Add(page, "## Inputs", [.. cmdlet.Inputs.Select(Of)]);
        Add(page, "## Outputs", [.. cmdlet.Outputs.Select(Of)]);
        Add(page, "## Notes", [.. cmdlet.Notes.Select(Of)]);
        Add(page, "## Related", string.Join('\n', cmdlet.Links.Select(static l => "- " + Link(l))));
        return page.ToString();
    }

    /// <summary>Text with the characters escaped that have a meaning in Markdown.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            // Between letters an underscore has no meaning: AWS_REGION.
            bool isInWord = text[i] == '_' && i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);
            if (!isInWord && text[i] is ('\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|'))
            {
                escaped.Append('\\');
            }

            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    private static void Add(StringBuilder page, string heading, params string[] parts)
    {
        foreach (string part in parts.Prepend(heading))
        {
            page.Append('\n').Append(part).Append('\n');
        }
    }

    private static string Syntax(Cmdlet cmdlet, ParameterSet set)
    {
        const int width = 100;
        List<string> lines = [cmdlet.Name];
        foreach (string part in set.Uses.Select(Syntax).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + part.Length > width)
            {
                lines.Add("   ");
            }

            lines[^1] += " " + part;
        }

        return string.Join('\n', lines);
    }

    private static string Syntax(ParameterUse use)
    {
        Parameter parameter = use.Parameter;
        string name = use.Position is null ? "-" + parameter.Name : $"[-{parameter.Name}]";
        string whole = parameter.IsSwitch ? name : $"{name} <{parameter.Type}>";
        return use.IsMandatory ? whole : $"[{whole}]";
    }

    private static string Facts(Parameter parameter, Cmdlet cmdlet)
    {
        (string Set, ParameterUse Use)[] uses = [.. cmdlet.ParameterSets
            .SelectMany(static s => s.Uses.Select(u => (s.Name, u))).Where(u => u.u.Parameter.Name == parameter.Name)];
        string[] mandatory = [.. uses.Where(static u => u.Use.IsMandatory).Select(static u => u.Set)];
        int? position = uses[0].Use.Position;
        List<string> facts = [$"- Type: `{parameter.Type}`"];
        if (parameter.Values.Count > 0)
        {
            facts.Add($"- Values: {string.Join(", ", parameter.Values.Select(Code))}");
        }

        facts.Add($"- Default: {(parameter.Default == "None" ? "none" : Escape(parameter.Default))}");
        facts.Add($"- Mandatory: {(mandatory.Length == 0 ? "no" : mandatory.Length == cmdlet.ParameterSets.Count ? "yes" : $"in the set {string.Join(", ", mandatory)}")}");
        if (uses.Length < cmdlet.ParameterSets.Count)
        {
            facts.Add($"- Parameter sets: {string.Join(", ", uses.Select(static u => u.Set))}");
        }

        facts.Add($"- Position: {position?.ToString(CultureInfo.InvariantCulture) ?? "named"}");
        facts.Add($"- From the pipeline: {Pipeline(uses.Select(static u => u.Use))}");
        if (parameter.Aliases.Count > 0)
        {
            facts.Add($"- Aliases: {string.Join(", ", parameter.Aliases.Select(Code))}");
        }

        if (parameter.TakesWildcards)
        {
            facts.Add("- Wildcards: yes");
        }

        return string.Join('\n', facts);
    }

    private static string Pipeline(IEnumerable<ParameterUse> uses) =>
        (uses.Any(static u => u.ByValue), uses.Any(static u => u.ByPropertyName)) switch
        {
            (true, true) => "as the object itself, or its property of this name",
            (true, false) => "as the object itself",
            (false, true) => "its property of this name",
            _ => "no",
        };

    private static string Of(PipedType type) => string.Join("\n\n", type.Text.Select(Of).Prepend($"`{type.Name}`"));

    private static string Of(Block block) => block switch
    {
        Listing listing => Fence(listing.Code),
        Itemized { IsNumbered: true } list => string.Join('\n', list.Items.Select(static (p, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Of(p)}"))),
        Itemized list => string.Join('\n', list.Items.Select(static p => "- " + Of(p))),
        _ => string.Concat(((Paragraph)block).Runs.Select(static r => r.IsCode ? Code(r.Text) : Escape(r.Text))),
    };

    // Code with a backtick needs more of them around it.
    private static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    private static string Fence(string code) => $"```powershell\n{code}\n```";

    private static string Link(string link) =>
        link.Contains("://", StringComparison.Ordinal) ? $"<{link}>"
        : link == "about_FanOut" ? $"[{link}](../../en-US/about_FanOut.help.txt)"
        : link.Contains("-FanOut", StringComparison.Ordinal) ? $"[{link}]({link}.md)"
        : link;
}
