namespace FanOut.Engine.Batching;

/// <summary>What one call to a target may hold.</summary>
/// <param name="Items">The most items of a call.</param>
/// <param name="ItemBytes">The most bytes of one item, as the target counts them.</param>
/// <param name="CallBytes">The most bytes of all items of a call.</param>
/// <param name="CallOverhead">Bytes that a call has before its first item.</param>
/// <param name="Separator">Bytes between two items.</param>
public readonly record struct Limits(int Items, long ItemBytes, long CallBytes, int CallOverhead = 0, int Separator = 0);
