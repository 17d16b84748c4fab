namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Records of one lane that are delivered together.</summary>
/// <param name="Records">The records, in the shard's order.</param>
/// <param name="End">The shard index behind the last record that was looked at; the lane continues there.</param>
internal sealed record Batch(IReadOnlyList<BatchRecord> Records, int End)
{
    /// <summary>The shard index up to which everything is done once the first <paramref name="count"/> records are.</summary>
    public int IndexAfter(int count) => count < Records.Count ? Records[count].Index : End;
}
