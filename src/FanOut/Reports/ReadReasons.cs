using FanOut.Aws.CloudWatchLogs;
using FanOut.Operations;

namespace FanOut.Reports;

/// <summary>Finds in a function's log why targets did not take records: of each the first reason in the last step that had one.</summary>
/// <param name="log">The log.</param>
/// <param name="lines">Reads its lines.</param>
internal sealed class ReadReasons(LogReader log, ReadLogLine lines)
{
    // Who has more targets in trouble is better served by the log itself, and so is who has lines without end before the first reason.
    private const int MostTargets = 10, MostLines = 2_000;

    /// <summary>The reasons; of a target that is not among them none was found.</summary>
    public async Task<IReadOnlyDictionary<TargetKey, string>> ReadAsync(Report report, CancellationToken cancellationToken)
    {
        Dictionary<TargetKey, string> reasons = [];
        foreach (ReportedTarget reported in (JudgeTargets.Of(report) ?? []).Where(static t => t.LastLoss is not null).OrderByDescending(static t => t.Health).Take(MostTargets))
        {
            TargetKey key = TargetKey.Of(reported.Target);
            if (await ReadAsync(key, report.Period, reported.LastLoss!.Value, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                reasons[key] = reason;
            }
        }

        return reasons;
    }

    private async Task<string?> ReadAsync(TargetKey key, ReportPeriod period, int step, CancellationToken cancellationToken)
    {
        int read = 0;
        await foreach (FilteredLogEvent line in log.ReadAsync(period.StartOf(step), period.StartOf(step + 1), [key.SourceArn, key.Id], cancellationToken).ConfigureAwait(false))
        {
            if (lines.Of(line).FirstOrDefault(e => e.Id == key.Id && e.SourceArn == key.SourceArn && e.Reason is not null) is { } entry)
            {
                return entry.Code is { Length: > 0 } code ? $"{code}: {entry.Reason}" : entry.Reason;
            }

            if (++read == MostLines)
            {
                break;
            }
        }

        return null;
    }
}
