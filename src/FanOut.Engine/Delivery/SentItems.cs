using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>Items on their way to a target: what is left of a block, and how often it was sent.</summary>
/// <param name="batch">What the items are made of.</param>
/// <param name="items">The items.</param>
/// <param name="attempts">How often they were sent before, as part of a larger block.</param>
internal sealed class SentItems(TargetBatch batch, ReadOnlyMemory<Item> items, Attempts attempts)
{
    /// <summary>What they are made of.</summary>
    public TargetBatch Batch => batch;

    /// <summary>The items that are neither taken nor failed.</summary>
    public ReadOnlyMemory<Item> Left { get; set; } = items;

    /// <summary>How often they were sent.</summary>
    public Attempts Attempts { get; private set; } = attempts;

    /// <summary>They are sent once more.</summary>
    public void CountCall(DateTimeOffset now) => Attempts = Attempts.Next(now);
}
