namespace FanOut.Sources;

/// <summary>A source that was found by its name.</summary>
/// <param name="Kind">What has the name: for changes that Kinesis carries it may be the table, though the source is a Kinesis stream.</param>
/// <param name="Arn">The source's ARN, without a consumer.</param>
internal sealed record FoundSource(SourceType Kind, string Arn);
