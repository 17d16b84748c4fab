using FanOut.Sources;

namespace FanOut.Reports;

/// <summary>Whether all is well, in one sentence.</summary>
internal static class Verdict
{
    /// <summary>Whether nothing is set up yet but the function.</summary>
    public static bool IsNew(Report report, IReadOnlyList<ReportedTarget>? targets) => targets is { Count: 0 } && !IsConnected(report);

    /// <summary>How the whole is, in a sentence, and in another what that means; null: there is no more to say.</summary>
    public static (Health Health, string Sentence, string? More) Of(Report report, IReadOnlyList<ReportedTarget>? targets, IReadOnlyList<Trouble> troubles)
    {
        if (IsNew(report, targets))
        {
            return (Health.Idle, "Nothing is set up yet.", "The function is there, but no source is connected and no target is registered, so no records flow.");
        }

        if (targets is { Count: 0 })
        {
            return (Health.Bad, "There are no targets yet.", "Sources are connected, but their records go nowhere: no target is registered.");
        }

        if (!IsConnected(report))
        {
            return (Health.Bad, "No source is connected.", "Targets are registered, but the function reads nothing, so no records flow.");
        }

        int count = targets?.Count(static t => t.IsInTrouble) ?? 0;
        if (count > 0)
        {
            return (
                targets!.Max(static t => t.Health),
                $"{Figures.Count(count)} of {Figures.Count(targets!.Count, "target")} {(count == 1 ? "needs" : "need")} attention.",
                report.CountsRecords
                    ? Others(targets.Count(static t => t.Health == Health.Good), targets.Count(static t => t.Health == Health.Idle))
                    : "Whether the others get their records is not known: nothing was counted.");
        }

        if (troubles.Count > 0)
        {
            return (troubles.Max(static t => t.Health), $"{Figures.Count(troubles.Count, "thing")} {(troubles.Count == 1 ? "needs" : "need")} attention.", null);
        }

        string period = Figures.Length(report.Period.End - report.Period.Start);
        return (targets, report.Traffic) switch
        {
            (null, _) => (Health.Warning, "The targets could not be read.", "Sources and function look well. Whether records arrive is not known."),
            (_, null) => (Health.Good, "Nothing is known to be wrong.", "Sources, function and targets are set up well. How much flowed is not known."),
            (_, { Invocations.Total: 0 }) => (Health.Idle, $"The function was not invoked in the last {period}.", "Everything is set up well; no records came from the sources."),
            (_, { CountsRecords: false }) => (Health.Good, "Nothing is known to be wrong.", "Sources, function and targets are set up well. The function counts no records, so what became of them is not known."),
            _ => (Health.Good, "All is well.", $"Every record of the last {period} was delivered to all targets that want it."),
        };
    }

    private static bool IsConnected(Report report) => report.Sources.Any(static s => s.State != DescribeSource.NotConnected);

    private static string? Others(int good, int idle) => (good, idle) switch
    {
        (0, 0) => null,
        (_, 0) => $"{(good == 1 ? "The other one works" : $"The other {Figures.Count(good)} work")} as {(good == 1 ? "it" : "they")} should.",
        (0, _) => $"{(idle == 1 ? "The other one is" : $"The other {Figures.Count(idle)} are")} at rest.",
        _ => $"{Figures.Count(good)} {(good == 1 ? "works" : "work")} as {(good == 1 ? "it" : "they")} should, and {Figures.Count(idle)} {(idle == 1 ? "is" : "are")} at rest.",
    };
}
