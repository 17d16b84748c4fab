namespace FanOut.Engine.Events;

/// <summary>A record with a <see cref="TestMark"/>.</summary>
/// <param name="Record">Its position in its group.</param>
/// <param name="Mark">The mark.</param>
public readonly record struct MarkedRecord(int Record, string Mark);
