using System.Management.Automation;

namespace FanOut.Views;

/// <summary>The columns of the table that shows objects of a type.</summary>
/// <param name="Group">What the rows of a group have in common.</param>
/// <param name="Heading">What stands above a group.</param>
/// <param name="Columns">The columns. The last one has what is left of the line.</param>
internal sealed record TableLayout(Func<PSObject, string> Group, Func<PSObject, string> Heading, TableColumn[] Columns)
{
    private static readonly Dictionary<string, TableLayout> All = new()
    {
        [nameof(FanOutTarget)] = new(
            static t => Read(t, nameof(FanOutTarget.SourceArn)),
            static t => $"Source: {ViewText.Source(Read(t, nameof(FanOutTarget.SourceArn)))}",
            [
                new(nameof(FanOutTarget.Id), 24),
                new(nameof(FanOutTarget.Type), 9),
                new(nameof(FanOutTarget.State), 8),
                new(nameof(FanOutTarget.Destination)) { Text = DestinationText.Of },
            ]),
        [nameof(FanOutSource)] = new(
            static s => Read(s, nameof(FanOutSource.FunctionName)),
            static s => $"Function: {Read(s, nameof(FanOutSource.FunctionName))}",
            [
                new(nameof(FanOutSource.Name), 20),
                new(nameof(FanOutSource.SourceType), 10),
                new(nameof(FanOutSource.State), 12),
                new(nameof(FanOutSource.Targets), 8),
                new(nameof(FanOutSource.Status)),
            ]),
        [nameof(FanOutFunction)] = new(
            static f => Read(f, nameof(FanOutFunction.Region)),
            static f => $"Region: {Read(f, nameof(FanOutFunction.Region))}",
            [
                new(nameof(FanOutFunction.FunctionName), 24),
                new(nameof(FanOutFunction.State), 9),
                new(nameof(FanOutFunction.Sources), 9),
                new(nameof(FanOutFunction.Targets), 9),
                new(nameof(FanOutFunction.Status)),
            ]),
        [nameof(FanOutLogEntry)] = new(
            static e => Read(e, nameof(FanOutLogEntry.FunctionName)),
            static e => $"Function: {Read(e, nameof(FanOutLogEntry.FunctionName))}",
            [
                new(nameof(FanOutLogEntry.Time), 8) { Text = static e => e.Properties[nameof(FanOutLogEntry.Time)]?.Value is DateTime time ? time.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "" },
                new(nameof(FanOutLogEntry.Level), 8),
                new("Target", 18) { Text = static e => Read(e, nameof(FanOutLogEntry.Id)) },
                new("What happened") { Text = LogText.Of },
            ]),
        [nameof(FanOutDeadLetter)] = new(
            static l => Read(l, nameof(FanOutDeadLetter.DeadLetter)),
            static l => $"Dead letters: {Read(l, nameof(FanOutDeadLetter.DeadLetter))}",
            [
                new(nameof(FanOutDeadLetter.Time), 19) { Text = static l => DeadLetterText.Time(l, nameof(FanOutDeadLetter.Time)) },
                new("Target", 18) { Text = DeadLetterText.Target },
                new("Why") { Text = DeadLetterText.Why },
            ]),
        [nameof(FanOutDeadLetterGroup)] = new(
            static g => Read(g, nameof(FanOutDeadLetterGroup.DeadLetter)),
            static g => $"Dead letters: {Read(g, nameof(FanOutDeadLetterGroup.DeadLetter))}",
            [
                new(nameof(FanOutDeadLetterGroup.Count), 7),
                new("Target", 18) { Text = DeadLetterText.Target },
                new(nameof(FanOutDeadLetterGroup.Last), 19) { Text = static g => DeadLetterText.Time(g, nameof(FanOutDeadLetterGroup.Last)) },
                new("Why") { Text = DeadLetterText.Why },
            ]),
        [nameof(FanOutReplay)] = new(
            static r => Read(r, nameof(FanOutReplay.SourceArn)),
            static r => $"Source: {ViewText.Source(Read(r, nameof(FanOutReplay.SourceArn)))}",
            [
                new("Targets", 20) { Text = static r => string.Join(", ", LanguagePrimitives.ConvertTo<string[]>(r.Properties[nameof(FanOutReplay.Id)]?.Value) ?? []) },
                new(nameof(FanOutReplay.State), 9),
                new("What happened") { Text = static r => Read(r, nameof(FanOutReplay.Status)) },
            ]),
        [nameof(FanOutMetric) + nameof(MetricScope.Target)] = new(
            MetricText.Group,
            MetricText.Heading,
            [
                new(nameof(MetricScope.Target), 16) { Text = MetricText.Name },
                Count(nameof(FanOutMetric.Delivered), 9),
                Count(nameof(FanOutMetric.Failed), 8),
                Count(nameof(FanOutMetric.DeadLettered), 8, "Dead"),
                Count(nameof(FanOutMetric.Filtered), 8),
                Duration(nameof(FanOutMetric.Duration), 8),
                new("Trend") { Text = MetricText.Trend },
            ]),
        [nameof(FanOutMetric) + nameof(MetricScope.Source)] = new(
            MetricText.Group,
            MetricText.Heading,
            [
                new(nameof(MetricScope.Source), 16) { Text = MetricText.Name },
                Count(nameof(FanOutMetric.Records), 9),
                Count(nameof(FanOutMetric.Delivered), 9),
                Count(nameof(FanOutMetric.Failed), 8),
                Count(nameof(FanOutMetric.DeadLettered), 8, "Dead"),
                Duration(nameof(FanOutMetric.IteratorAge), 7, "Age"),
                new("Trend") { Text = MetricText.Trend },
            ]),
        [nameof(FanOutMetric) + nameof(MetricScope.Function)] = new(
            MetricText.Group,
            MetricText.Heading,
            [
                new(nameof(MetricScope.Function), 14) { Text = MetricText.Name },
                Count(nameof(FanOutMetric.Invocations), 11),
                Count(nameof(FanOutMetric.Errors), 6),
                Count(nameof(FanOutMetric.Delivered), 9),
                Count(nameof(FanOutMetric.Failed), 8),
                Duration(nameof(FanOutMetric.IteratorAge), 6, "Age"),
                new("Trend") { Text = MetricText.Trend },
            ]),
        [nameof(FanOutDeadLetterResult)] = new(
            static r => Read(r, nameof(FanOutDeadLetterResult.DeadLetter)),
            static r => $"Dead letters: {Read(r, nameof(FanOutDeadLetterResult.DeadLetter))}",
            [
                new("Target", 18) { Text = DeadLetterText.Target },
                new(nameof(FanOutDeadLetterResult.Letters), 8),
                new(nameof(FanOutDeadLetterResult.Delivered), 9),
                new(nameof(FanOutDeadLetterResult.Filtered), 8),
                new(nameof(FanOutDeadLetterResult.Failed), 8),
                new(nameof(FanOutDeadLetterResult.Left), 8),
                new(nameof(FanOutDeadLetterResult.Removed)),
            ]),
        [nameof(FanOutTargetCheck)] = new(
            static c => $"{Read(c, nameof(FanOutTargetCheck.Id))} {Read(c, nameof(FanOutTargetCheck.SourceArn))}",
            static c => $"Target: {Read(c, nameof(FanOutTargetCheck.Id))} of {ViewText.Source(Read(c, nameof(FanOutTargetCheck.SourceArn)))}",
            [
                new(nameof(FanOutTargetCheck.Check), 14),
                new(nameof(FanOutTargetCheck.Status), 8),
                new(nameof(FanOutTargetCheck.Detail)),
            ]),
        [nameof(FanOutChange)] = new(
            static c => $"{Read(c, nameof(FanOutChange.FunctionName))} {Read(c, nameof(FanOutChange.Region))}",
            static c => $"Function: {Read(c, nameof(FanOutChange.FunctionName))} in {Read(c, nameof(FanOutChange.Region))}",
            [
                new(nameof(FanOutChange.Action), 11) { Text = ChangeText.Sign },
                new(nameof(FanOutChange.ItemType), 8),
                new(nameof(FanOutChange.Id), 20),
                new("What") { Text = ChangeText.Of },
            ]),
        [nameof(FanOutAlarm)] = new(
            static a => Read(a, nameof(FanOutAlarm.FunctionName)),
            static a => $"Function: {Read(a, nameof(FanOutAlarm.FunctionName))}",
            [
                new(nameof(FanOutAlarm.Metric), 16),
                new(nameof(FanOutAlarm.State), 18),
                new(nameof(FanOutAlarm.Threshold), 10) { Text = MetricText.Threshold },
                new(nameof(FanOutAlarm.Topic)) { Text = static a => string.Join(", ", (LanguagePrimitives.ConvertTo<string[]>(a.Properties[nameof(FanOutAlarm.Topic)]?.Value) ?? []).Select(static t => t[(t.LastIndexOf(':') + 1)..])) },
            ]),
        [nameof(FanOutPolicy)] = new(
            static p => Read(p, nameof(FanOutPolicy.RoleArn)),
            static p => $"Role: {Read(p, nameof(FanOutPolicy.RoleArn))}",
            [
                new(nameof(FanOutPolicy.PolicyType), 13),
                new(nameof(FanOutPolicy.Name), 24),
                new(nameof(FanOutPolicy.Statements)) { Text = Sids },
            ]),
    };

    /// <summary>The layout for an object, also one that another process sent.</summary>
    public static TableLayout Of(PSObject item) => All[NameOf(item) is nameof(FanOutMetric) and var name ? name + Read(item, nameof(FanOutMetric.Scope)) : NameOf(item)];

    /// <summary>The name of an object's type, without its namespace.</summary>
    public static string NameOf(PSObject item) => item.TypeNames[0][(item.TypeNames[0].LastIndexOf('.') + 1)..];

    /// <summary>The text of a property; empty if there is none.</summary>
    public static string Read(PSObject item, string property) => $"{item.Properties[property]?.Value}";

    /// <summary>A line: every text as wide as its column, but for the last one.</summary>
    /// <param name="text">The text of a column.</param>
    /// <param name="decorate">Adds a colour, which takes no room; null: nothing is added.</param>
    public string Line(Func<TableColumn, string> text, Func<TableColumn, string, string>? decorate = null) =>
        string.Join(' ', Columns.Select(c => c.Fit(text(c), t => decorate?.Invoke(c, t) ?? t))).TrimEnd();

    private static TableColumn Count(string property, int width, string? label = null) => new((label ?? property).PadLeft(width), width) { Text = MetricText.Count(property, width) };

    private static TableColumn Duration(string property, int width, string? label = null) => new((label ?? property).PadLeft(width), width) { Text = MetricText.Duration(property, width) };

    private static string Sids(PSObject policy) => string.Join(
        ", ", (LanguagePrimitives.ConvertTo<object[]>(policy.Properties[nameof(FanOutPolicy.Statements)]?.Value) ?? [])
            .Select(static s => Read(PSObject.AsPSObject(s), nameof(FanOutPolicyStatement.Sid))));
}
