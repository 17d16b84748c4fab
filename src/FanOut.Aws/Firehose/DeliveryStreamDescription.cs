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

    /// <summary>Whether what lies in it is encrypted: <c>ENABLED</c>, <c>DISABLED</c>, or on the way to either; null: the answer does not say.</summary>
    public string? EncryptionStatus { get; set; }

    /// <summary>The key of AWS KMS, where it is the account's own.</summary>
    public string? EncryptionKeyArn { get; set; }
}
