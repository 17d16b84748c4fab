using FanOut.Engine.Delivery;
using FanOut.Engine.Events;

namespace FanOut.Engine.Progress;

/// <summary>Remembers what was delivered of batches that come again.</summary>
public interface IProgressStore
{
    /// <summary>What is known of a batch. Never throws: without an answer nothing is known, and what was delivered may be sent again.</summary>
    /// <param name="group">The batch's records.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken);

    /// <summary>Notes what was delivered of a batch of which something comes again, and ends the notes on what does not. Never throws.</summary>
    /// <param name="group">The batch's records.</param>
    /// <param name="first">The position of the record from which on it comes again; the number of records: nothing does.</param>
    /// <param name="outcomes">What became of the records.</param>
    /// <param name="before">What was known before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it could not be noted; null: it was, or there was nothing to note.</returns>
    Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken);
}
