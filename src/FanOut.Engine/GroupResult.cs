using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Engine;

/// <summary>What became of the records of one source.</summary>
/// <param name="Group">The records.</param>
/// <param name="Outcomes">What became of them at each target.</param>
/// <param name="Invalid">Active mappings that cannot be used: their records went nowhere, so they all count as failed.</param>
/// <param name="Unavailable">Why the mappings could not be read; null: they could.</param>
public sealed record GroupResult(RecordGroup Group, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<InvalidMapping> Invalid, Exception? Unavailable)
{
    // Found once, as it is asked for several times, of up to 10,000 records. Read only after all outcomes are complete.
    private List<int>? _failed;

    /// <summary>Why the mappings are an older copy; null: they are fresh.</summary>
    public Exception? Stale { get; init; }

    /// <summary>Whether it is a failure that the source has no active mapping.</summary>
    public bool RequiresTargets { get; init; }

    /// <summary>Why progress could not be read or noted, so that records may be sent again; null: there was no problem.</summary>
    public string? ProgressProblem { get; init; }

    /// <summary>Whether the source has no active mapping: its records went nowhere.</summary>
    public bool IsUnmapped => Unavailable is null && Outcomes.Count == 0 && Invalid.Count == 0;

    /// <summary>The positions of the records that are not wholly delivered, in order.</summary>
    public IReadOnlyList<int> Failed => _failed ??= FindFailed();

    /// <summary>
    /// The record that reports a failed one: itself, or, if it has no sequence number, the nearest one before it that has, because the batch
    /// comes again from there; null: none before it has one, so the whole batch must come again.
    /// </summary>
    /// <param name="failed">One of <see cref="Failed"/>.</param>
    public int? ToldBy(int failed) => Group.LastNumbered(failed);

    private List<int> FindFailed()
    {
        var failed = new List<int>();
        for (int record = 0; record < Group.Records.Count; record++)
        {
            if (IsFailed(record))
            {
                failed.Add(record);
            }
        }

        return failed;
    }

    private bool IsFailed(int record)
    {
        if (Unavailable is not null || Invalid.Count > 0 || (RequiresTargets && IsUnmapped))
        {
            return true;
        }

        foreach (Outcome outcome in Outcomes)
        {
            if (outcome.IsFailed(record))
            {
                return true;
            }
        }

        return false;
    }
}
