using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>A payload that was not delivered, or a record of which no payload could be made.</summary>
/// <remarks>Small, and without what it was to be sent as: an event of aggregates may have tens of thousands of records that ten targets refuse.</remarks>
/// <param name="Record">The record's position in its group.</param>
/// <param name="SubSequence">Its position within an aggregate; null: it is a whole record.</param>
/// <param name="Failure">Why it was not delivered.</param>
/// <param name="Attempts">How often it was tried.</param>
public readonly record struct Undelivered(int Record, int? SubSequence, Failure Failure, Attempts Attempts);
