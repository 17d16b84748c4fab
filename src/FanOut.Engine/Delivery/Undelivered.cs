using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>What a target did not get.</summary>
/// <param name="Record">The record's position in its group.</param>
/// <param name="Payload">What it was to be sent as; <see langword="null"/>: it could not even be read.</param>
/// <param name="Failure">Why.</param>
/// <param name="Attempts">How often it was tried.</param>
public readonly record struct Undelivered(int Record, Payload? Payload, Failure Failure, Attempts Attempts);
