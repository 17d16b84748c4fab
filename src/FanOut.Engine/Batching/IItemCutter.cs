using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>How a target's items are made of payloads.</summary>
public interface IItemCutter
{
    /// <summary>Adds every payload to the batch: to an item, or to those that cannot be sent, with the reason.</summary>
    void Cut(Payloads payloads, TargetBatch batch);
}
