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
        string what = string.Join("; ", new[]
        {
            failed ? $"{Figures.Count(traffic.Failed.Total, "record")} failed, counting every attempt" : null,
            traffic.DeadLettered.Total > 0 ? $"{Records(traffic.DeadLettered.Total)} put into {(target.DeadLetter is null ? "the dead letter of another target of this destination, now or before: it has none itself" : "its dead letter")}" : null,
        }.OfType<string>());
        what += traffic.SharedWith is [_, ..] others ? $" (counted together with {string.Join(", ", others)}, as they have one destination; the log tells them apart)" : "";
        DateTimeOffset start = report.Period.StartOf(last), end = start + report.Period.Step;
        string when = $"The last {(failed ? "failure" : "dead letter")}: between {Clock(report, start)} and {Clock(report, end < report.Period.Until ? end : report.Period.Until)}.";
        string? reason = report.Reasons.GetValueOrDefault(TargetKey.Of(target));
        string why = reason is null ? "The log says why:" : $"The reason: {FanOutError.Sentence(reason)} More in the log:";
        string log = $"Get-FanOutLog {RepairCommand.Quoted(WildcardPattern.Escape(target.Id))} -SourceArn {RepairCommand.Quoted(target.SourceArn)} -Level warn"
            + $" -StartTime {start.UtcDateTime:yyyy-MM-ddTHH:mmZ}{(end > report.Period.Until ? "" : $" -EndTime {end.UtcDateTime:yyyy-MM-ddTHH:mmZ}")}"
            + RepairCommand.FunctionOf(target.FunctionName, target.Region);
        return failed || target.DeadLetter is null
            ? new Trouble(reported.Health, "Target", target.Id, $"{what}. {when} {why}", log)
            : new Trouble(reported.Health, "Target", target.Id, $"{what}. {when}{(reason is null ? "" : $" The reason: {FanOutError.Sentence(reason)}")}", DeadLetters(target, log));
    }

    // They lie there until somebody sends them again.
    private static string DeadLetters(FanOutTarget target, string log)
    {
        string id = RepairCommand.Quoted(WildcardPattern.Escape(target.Id)), of = $"-SourceArn {RepairCommand.Quoted(target.SourceArn)}{RepairCommand.FunctionOf(target.FunctionName, target.Region)}";
        return $"""
            # Why the target did not take them, and what mends it
            {log}
            Test-FanOutTarget {id} {of} -Environment
            # What lies there; and, once that is mended, how much would be sent again. Without -WhatIf it is sent
            Get-FanOutTarget {id} {of} | Get-FanOutDeadLetter -Summary
            Get-FanOutTarget {id} {of} | Resume-FanOutDeadLetter -WhatIf
            """.ReplaceLineEndings("\n");
    }

    private static string Records(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} record{(count == 1 ? " was" : "s were")}");

    private static string Clock(Report report, DateTimeOffset time) => report.Local(time).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
}
