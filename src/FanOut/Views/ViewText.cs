using System.ComponentModel;
using System.Management.Automation;
using FanOut.Deployment;
using FanOut.Sources;

namespace FanOut.Views;

/// <summary>The texts that FanOut.Format.ps1xml shows, which alone calls this. Objects may come from another process, so they are read by the names of their properties.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    // "   Source: " and the ARN on a line of 80 columns.
    private const int LongestSource = 69;

    // 80 columns, without the last one and the two columns before it.
    private const int WidthOfDetail = 56;

    /// <summary>What stands above the rows of a group: the source of targets, the function of sources, the region of functions, the role of policies.</summary>
    /// <param name="item">The group's first object.</param>
    public static string Heading(PSObject item) => $"   {TableLayout.Of(item).Heading(item)}";

    /// <summary>What a group has in common.</summary>
    /// <param name="item">An object.</param>
    public static string Group(PSObject item) => $"{TableLayout.NameOf(item)} {TableLayout.Of(item).Group(item)}";

    /// <summary>The labels of the columns, and a line under each.</summary>
    /// <param name="item">An object of the table.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>.</param>
    public static string Labels(PSObject item, PSObject? style)
    {
        TableLayout layout = TableLayout.Of(item);
        var colors = new Colors(style);
        return $"{colors.Label(layout.Line(static c => c.Label))}\n{colors.Label(layout.Line(static c => new string('-', c.Label.Trim().Length).PadLeft(c.Label.Length)))}";
    }

    /// <summary>A row of the table, which the screen cuts at its edge.</summary>
    /// <param name="item">The object.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>.</param>
    public static string Row(PSObject item, PSObject? style)
    {
        var colors = new Colors(style);
        return TableLayout.Of(item).Line(c => c.Text(item), (c, text) => c.Label.Trim() switch
        {
            nameof(FanOutTarget.State) or nameof(FanOutLogEntry.Level) or nameof(FanOutChange.Action) => colors.State(text),
            nameof(FanOutMetric.Failed) or nameof(FanOutMetric.Errors) or "Dead" => colors.Count(text),
            _ => text,
        });
    }

    /// <summary>A state in its colour.</summary>
    /// <param name="item">The object that has it.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>.</param>
    public static string State(PSObject item, PSObject? style) => new Colors(style).State(TableLayout.Read(item, nameof(FanOutTarget.State)));

    /// <summary>The status of a check in its colour.</summary>
    /// <param name="check">The check.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>.</param>
    public static string Status(PSObject check, PSObject? style) => new Colors(style).State(TableLayout.Read(check, nameof(FanOutTargetCheck.Status)));

    /// <summary>What a check found, and behind an arrow what to do about it, in lines that a table of 80 columns need not break within words.</summary>
    /// <param name="check">The check.</param>
    public static string Found(PSObject check)
    {
        string remedy = TableLayout.Read(check, nameof(FanOutTargetCheck.Remedy));
        IEnumerable<string> lines = Wrapped(TableLayout.Read(check, nameof(FanOutTargetCheck.Detail)));
        return string.Join('\n', remedy.Length == 0 ? lines : lines.Concat(remedy.Split('\n').SelectMany(static r => Wrapped($"→ {r}"))));
    }

    /// <summary>What is done of a plan, with its sign and in its colour.</summary>
    /// <param name="change">The change.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>.</param>
    public static string Action(PSObject change, PSObject? style) => new Colors(style).State(ChangeText.Sign(change));

    /// <summary>What a change is about, or why it failed.</summary>
    /// <param name="change">The change.</param>
    public static string Changed(PSObject change) => ChangeText.Of(change);

    /// <summary>A destination, its name first.</summary>
    /// <param name="target">The target.</param>
    public static string Destination(PSObject target) => DestinationText.Of(target);

    /// <summary>What an entry of the log says, in a line.</summary>
    /// <param name="entry">The entry.</param>
    public static string Happened(PSObject entry) => LogText.Of(entry);

    /// <summary>Whose a dead letter is: the target's id, or of Lambda's the source's name.</summary>
    /// <param name="letter">A letter, or a group of them.</param>
    public static string LetterTarget(PSObject letter) => DeadLetterText.Target(letter);

    /// <summary>Why there is a dead letter, in a line.</summary>
    /// <param name="letter">A letter, or a group of them.</param>
    public static string LetterReason(PSObject letter) => DeadLetterText.Why(letter);

    /// <summary>The value over which an alarm goes off, an age as a duration.</summary>
    /// <param name="alarm">The alarm.</param>
    public static string Threshold(PSObject alarm) => MetricText.Threshold(alarm);

    /// <summary>A metric's delivered records period by period, as a line of signs.</summary>
    /// <param name="metric">The metric.</param>
    public static string Trend(PSObject metric) => MetricText.Trend(metric);

    /// <summary>A function's version beside the module's, and what updates the older of them.</summary>
    /// <param name="function">The function.</param>
    public static string Version(PSObject function)
    {
        string version = TableLayout.Read(function, nameof(FanOutFunction.Version));
        return TableLayout.Read(function, nameof(FanOutFunction.VersionComparison)) switch
        {
            "Older" => $"{version}, older than the module's {ModuleVersion.Own}: Publish-FanOutFunction updates it",
            "Newer" => $"{version}, newer than the module's {ModuleVersion.Own}: Update-PSResource FanOut updates that",
            "Same" => LanguagePrimitives.IsTrue(function.Properties[nameof(FanOutFunction.UpdateAvailable)]?.Value) ? $"{version}, another build than the module's" : $"{version}, the module's",
            _ => version,
        };
    }

    /// <summary>What is missing or wrong, a sentence a line. The commands are left out: a screen would break them.</summary>
    /// <param name="item">A source or a function.</param>
    public static string Problems(PSObject item)
    {
        string[] problems = LanguagePrimitives.ConvertTo<string[]>(item.Properties[nameof(FanOutSource.Problems)]?.Value) ?? [];
        string cmdlet = TableLayout.NameOf(item) == nameof(FanOutFunction) ? "Get-FanOutFunction" : "Get-FanOutSource";
        return problems.Length == 0 ? "" : string.Join('\n', problems.Select(ProblemText.WithoutCommand).Append($"What repairs it: ({cmdlet}).Problems"));
    }

    /// <summary>A source as a heading: its ARN where a line has room for it.</summary>
    public static string Source(string arn)
    {
        (string kind, string name) = EventSource.Describe(arn);
        int stream = arn.IndexOf("/stream/", StringComparison.Ordinal);
        return arn.Length <= LongestSource ? arn : $"{name} ({kind}){(stream < 0 ? "" : $", stream of {arn[(stream + "/stream/".Length)..]}")}";
    }

    private static IEnumerable<string> Wrapped(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > WidthOfDetail)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
