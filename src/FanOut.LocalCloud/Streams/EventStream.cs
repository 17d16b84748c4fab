namespace FanOut.LocalCloud.Streams;

/// <summary>A stream that can be an event source: a Kinesis stream, or the stream of a DynamoDB table.</summary>
/// <param name="Arn">The stream's ARN, as in <c>eventSourceARN</c>.</param>
/// <param name="Shards">Its shards; their number does not change.</param>
public sealed record EventStream(string Arn, IReadOnlyList<EventShard> Shards);
