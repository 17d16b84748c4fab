namespace FanOut.Reports;

/// <summary>Says of each target how it is, by its row, its source, and what became of its records.</summary>
internal static class JudgeTargets
{
    // What failed less than this long before the end of the period fails still, as far as can be told: Lambda may wait that long between two attempts.
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    /// <summary>The targets, in the order of the table.</summary>
    /// <returns>Null: they could not be read.</returns>
    public static IReadOnlyList<ReportedTarget>? Of(Report report)
    {
        if (report.Targets is null)
        {
            return null;
        }

        Dictionary<string, FanOutSource> sources = report.Sources.GroupBy(static s => s.SourceArn).ToDictionary(static g => g.Key, static g => g.First());
        return [.. report.Targets.Select(t => Of(t, sources.GetValueOrDefault(t.SourceArn), report))];
    }

    /// <summary>Whether a step is so near to the end of the period that what happened in it goes on.</summary>
    public static bool IsLately(ReportPeriod period, int step) => period.End - (period.StartOf(step) + period.Step) < Lately;

    private static ReportedTarget Of(FanOutTarget target, FanOutSource? source, Report report)
    {
        TargetTraffic? traffic = report.Traffic?.Targets.GetValueOrDefault(TargetKey.Of(target));
        (Health health, string state) = Judge(target, source, traffic, report);
        return new ReportedTarget(target, traffic, health, state);
    }

    private static (Health Health, string State) Judge(FanOutTarget target, FanOutSource? source, TargetTraffic? traffic, Report report) => (target, source, traffic) switch
    {
        ({ Problem: not null, Enabled: true }, _, _) => (Health.Bad, "Invalid"),
        ({ Problem: not null }, _, _) => (Health.Warning, "Invalid, disabled"),
        ({ Enabled: false }, _, _) => (Health.Idle, "Disabled"),
        (_, _, { Failed.LastCounted: { } last }) => IsLately(report.Period, last) ? (Health.Bad, "Failing") : (Health.Warning, "Failed earlier"),
        (_, _, { DeadLettered.Total: > 0 }) => (Health.Warning, "Dead letters"),
        (_, { State: "NotConnected" }, _) => (Health.Warning, "Not connected"),
        (_, { State: "Disabled" or "Disabling" }, _) => (Health.Idle, "Suspended"),
        (_, _, null) => report.CountsRecords ? (Health.Idle, "No records") : (Health.Good, "Enabled"),
        (_, _, { IsSilent: true }) => (Health.Idle, "No records"),
        (_, _, { Delivered.Total: 0 }) => (Health.Idle, "All filtered out"),
        _ => (Health.Good, "Delivering"),
    };
}
