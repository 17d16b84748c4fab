namespace FanOut.Aws.Kinesis;

/// <summary>A stream, without its shards.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamDescriptionSummary.html</remarks>
public sealed class StreamDescriptionSummary
{
    /// <summary>Its name.</summary>
    public string? StreamName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary><c>CREATING</c>, <c>ACTIVE</c>, <c>UPDATING</c> or <c>DELETING</c>.</summary>
    public string? StreamStatus { get; set; }

    /// <summary>How its capacity is given.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }

    /// <summary>How many shards take records.</summary>
    public int? OpenShardCount { get; set; }

    /// <summary>How long records are kept, in hours.</summary>
    public int? RetentionPeriodHours { get; set; }

    /// <summary>The greatest record that it takes, data and partition key, in KiB: 1,024 to 10,240.</summary>
    public int? MaxRecordSizeInKiB { get; set; }

    /// <summary><c>KMS</c> or <c>NONE</c>.</summary>
    public string? EncryptionType { get; set; }

    /// <summary>The key of AWS KMS: its id or ARN, or an alias.</summary>
    public string? KeyId { get; set; }
}
