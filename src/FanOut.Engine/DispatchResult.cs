namespace FanOut.Engine;

/// <summary>What became of an event.</summary>
/// <param name="Groups">The results, one for each source.</param>
public sealed record DispatchResult(IReadOnlyList<GroupResult> Groups) : IDisposable
{
    /// <summary>Whether any record is not wholly delivered.</summary>
    public bool HasFailures => Groups.Any(static g => g.Failed.Count > 0);

    /// <summary>Whether <c>batchItemFailures</c> can report the failures: all failed records came from streams.</summary>
    public bool ReportsItems => Groups.All(static g => g.Group.ReportsItems || g.Failed.Count == 0);

    /// <summary>Whether a send that was given up may still read the event's buffer.</summary>
    public bool IsSending => Groups.Any(static g => g.Outcomes.Any(static o => o.IsSending));

    /// <summary>Nobody reads of the records any more: their memory may be used for others, unless something is still under way that was given up.</summary>
    public void Dispose()
    {
        if (IsSending)
        {
            return;
        }

        foreach (GroupResult group in Groups)
        {
            // Where the mappings could not be read, nobody has waited for the look-up of progress.
            if (group.Unavailable is null)
            {
                group.Group.Dispose();
            }
        }
    }
}
