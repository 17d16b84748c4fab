using FanOut.Engine.Batching;

namespace FanOut.Local.Transfers;

/// <summary>What became of a record at a target.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Failure">Why it failed, of an aggregate the first reason; null: it did not.</param>
/// <param name="Attempts">How often it was sent.</param>
internal readonly record struct RecordOutcome(RecordState State, Failure? Failure, int Attempts);
