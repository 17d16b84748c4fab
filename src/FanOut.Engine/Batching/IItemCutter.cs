using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>Makes a target's items of payloads.</summary>
public interface IItemCutter
{
    /// <summary>Adds every payload to the batch: to an item, or to those that cannot be sent, with the reason.</summary>
    void Cut(Payloads payloads, TargetBatch batch);
}
