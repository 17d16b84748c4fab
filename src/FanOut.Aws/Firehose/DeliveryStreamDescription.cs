namespace FanOut.Aws.Firehose;

/// <summary>A delivery stream, without its destinations.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamDescription.html</remarks>
public sealed class DeliveryStreamDescription
{
    /// <summary>Its name.</summary>
    public string? DeliveryStreamName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? DeliveryStreamARN { get; set; }

    /// <summary><c>CREATING</c>, <c>CREATING_FAILED</c>, <c>ACTIVE</c>, <c>DELETING</c> or <c>DELETING_FAILED</c>.</summary>
    public string? DeliveryStreamStatus { get; set; }

    /// <summary><c>DirectPut</c>, which takes PutRecordBatch, or the kind of its source: <c>KinesisStreamAsSource</c> …</summary>
    public string? DeliveryStreamType { get; set; }
}
