using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>Sends records that cannot be delivered to where their mapping wants them.</summary>
public interface IDeadLetters
{
    /// <summary>Sends an envelope for each of them to the mapping's dead letter.</summary>
    /// <param name="mapping">The mapping; it has a dead letter.</param>
    /// <param name="group">The records.</param>
    /// <param name="undelivered">What was not delivered.</param>
    /// <param name="memory">How many bytes calls that are under way at the same time may hold together.</param>
    /// <param name="cancellationToken">Cancelled when the time for it is up: it ends at once then, and says what was taken by then.</param>
    /// <returns>Those that the destination did not take, by their position in <paramref name="undelivered"/>: they count as failed.</returns>
    Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken);
}
