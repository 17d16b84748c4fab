using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Tests;

/// <summary>Takes what it is given, but for one position; or throws.</summary>
internal sealed class MemoryDeadLetters : IDeadLetters
{
    public List<Undelivered> Taken { get; } = [];

    /// <summary>The position that is refused; -1: none; null: the destination throws.</summary>
    public int? Refuse { get; init; } = -1;

    public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken)
    {
        int refused = Refuse ?? throw new IOException("The destination is away.");
        Taken.AddRange(undelivered.Where((_, i) => i != refused));
        return Task.FromResult(refused < 0 ? Receipt.AllTaken : new Receipt([ItemFailure.Rejected(refused, "Denied", "why")]));
    }
}
