namespace FanOut.Aws.EventBridge;

/// <summary>An event of PutEvents.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html</remarks>
/// <param name="Source">Who sends it, UTF-8; it does not begin with <c>aws.</c>.</param>
/// <param name="DetailType">What kind of event it is, UTF-8; at most 128 characters.</param>
/// <param name="Detail">The event: a JSON object, UTF-8.</param>
/// <param name="Time">When it happened; null: when EventBridge gets it.</param>
public readonly record struct PutEventsRequestEntry(
    ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> DetailType, ReadOnlyMemory<byte> Detail, DateTimeOffset? Time = null)
{
    /// <summary>The bytes that a time counts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html</summary>
    public const int TimeBytes = 14;
}
