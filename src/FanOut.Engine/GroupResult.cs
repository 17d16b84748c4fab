using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Engine;

/// <summary>What became of the records of one source.</summary>
/// <param name="Group">The records.</param>
/// <param name="Outcomes">What became of them at each target.</param>
/// <param name="Invalid">Active mappings that cannot be used: their records went nowhere, so they all count as failed.</param>
/// <param name="Unavailable">Why the mappings could not be read; <see langword="null"/>: they could.</param>
public sealed record GroupResult(RecordGroup Group, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<InvalidMapping> Invalid, Exception? Unavailable)
{
    /// <summary>Why the mappings are an older copy; <see langword="null"/>: they are fresh.</summary>
    public Exception? Stale { get; init; }

    /// <summary>Whether a record is not wholly delivered.</summary>
    public bool IsFailed(int record) => Unavailable is not null || Invalid.Count > 0 || Outcomes.Any(o => o.IsFailed(record));

    /// <summary>The positions of the records that are not wholly delivered, in order.</summary>
    public IEnumerable<int> Failed => Enumerable.Range(0, Group.Records.Count).Where(IsFailed);
}
