namespace FanOut.Aws.Firehose;

/// <summary>Puts up to 500 records, 4 MiB in total, into a delivery stream.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html</remarks>
public sealed class PutRecordBatchRequest
{
    /// <summary>The delivery stream's name.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The records' bytes, in order; each at most 1,024,000 before base64.</summary>
    public ReadOnlyMemory<Blob> Records { get; init; }
}
