namespace FanOut.Engine.Batching;

/// <summary>What one call to a target may hold.</summary>
/// <param name="Items">How many items.</param>
/// <param name="ItemBytes">How many bytes one item, as the target counts them.</param>
/// <param name="CallBytes">How many bytes all items of a call.</param>
/// <param name="CallOverhead">Bytes that a call has before its first item.</param>
/// <param name="Separator">Bytes between two items.</param>
public readonly record struct Limits(int Items, long ItemBytes, long CallBytes, int CallOverhead = 0, int Separator = 0);
