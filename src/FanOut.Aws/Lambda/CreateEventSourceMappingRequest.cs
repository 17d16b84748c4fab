namespace FanOut.Aws.Lambda;

/// <summary>Makes an event source mapping, with which a function reads a source.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html</remarks>
public sealed class CreateEventSourceMappingRequest : EventSourceMappingSettings
{
    /// <summary>ARN of the Kinesis stream or consumer, the DynamoDB stream or the queue.</summary>
    public string? EventSourceArn { get; set; }

    /// <summary>Required for streams: <c>TRIM_HORIZON</c>, <c>LATEST</c>, or (Kinesis) <c>AT_TIMESTAMP</c>.</summary>
    public string? StartingPosition { get; set; }

    /// <summary>The time of <c>AT_TIMESTAMP</c>.</summary>
    public DateTime? StartingPositionTimestamp { get; set; }

    /// <summary>Tags of the event source mapping.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
