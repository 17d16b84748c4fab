using System.Globalization;
using System.Management.Automation;
using FanOut.Errors;
using FanOut.Sources;
using FanOut.Views;

namespace FanOut.Reports;

/// <summary>Gathers what is wrong with a function, its sources and its targets, the worst first.</summary>
internal static class FindTroubles
{
    /// <summary>What is wrong.</summary>
    /// <param name="report">The report.</param>
    /// <param name="targets">Its targets; null: they could not be read.</param>
    public static IReadOnlyList<Trouble> Of(Report report, IReadOnlyList<ReportedTarget>? targets) =>
    [
        .. OfFunction(report)
            .Concat(report.Sources.SelectMany(OfSource))
            .Concat((targets ?? []).Where(static t => t.IsInTrouble && t.Target.Problem is null).Select(t => OfTarget(t, report)).OfType<Trouble>())
            .OrderByDescending(static t => t.Health),
    ];

    // What the function says of its sources, they say themselves, and more exactly.
    private static IEnumerable<Trouble> OfFunction(Report report) => report.Function.Problems
        .Select(p => Of(Health.Bad, "Function", report.Function.FunctionName, p))
        .Where(t => t.Command?.StartsWith("Get-FanOutSource", StringComparison.Ordinal) != true || report.Sources.All(static s => s.Problems.Length == 0));

    private static IEnumerable<Trouble> OfSource(FanOutSource source) => source.Problems.Select(p => Of(JudgeSources.Of(source), "Source", source.Name, p));

    private static Trouble Of(Health health, string kind, string name, string problem)
    {
        (string text, string? command) = ProblemText.Split(problem);
        return new Trouble(health, kind, name, text, command);
    }

    private static Trouble? OfTarget(ReportedTarget reported, Report report)
    {
        if (reported is not { Traffic: { } traffic, LastLoss: { } last })
        {
            // Its source says what is wrong.
            return null;
        }

        FanOutTarget target = reported.Target;
        bool failed = traffic.Failed.Total > 0;
        string what = failed
            ? string.Create(CultureInfo.InvariantCulture, $"{Records(traffic.Failed.Total)} not taken, counting every attempt")
                + (traffic.DeadLettered.Total > 0 ? $"; {Records(traffic.DeadLettered.Total)} put into its dead letter." : ".")
            : $"{Records(traffic.DeadLettered.Total)} not taken and put into its dead letter.";
        DateTimeOffset start = report.Period.StartOf(last);
        string when = $"The last {(failed ? "failure" : "dead letter")}: between {Clock(report, start)} and {Clock(report, start + report.Period.Step)}.";
        string why = report.Reasons.TryGetValue(TargetKey.Of(target), out string? reason) ? $"The reason: {FanOutError.Sentence(reason)} More in the log:" : "The log says why:";
        string command = $"Get-FanOutLog {RepairCommand.Quoted(WildcardPattern.Escape(target.Id))} -SourceArn {RepairCommand.Quoted(target.SourceArn)} -Level warn"
            + $" -StartTime {start.UtcDateTime:yyyy-MM-ddTHH:mmZ} -EndTime {(start + report.Period.Step).UtcDateTime:yyyy-MM-ddTHH:mmZ}"
            + RepairCommand.FunctionOf(target.FunctionName, target.Region);
        return new Trouble(reported.Health, "Target", target.Id, $"{what} {when} {why}", command);
    }

    private static string Records(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} record{(count == 1 ? " was" : "s were")}");

    private static string Clock(Report report, DateTimeOffset time) => report.Local(time).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
}
