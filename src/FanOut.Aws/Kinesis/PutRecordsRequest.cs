namespace FanOut.Aws.Kinesis;

/// <summary>Puts up to 500 records, 10 MiB with their keys, into a stream.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html</remarks>
public sealed class PutRecordsRequest
{
    /// <summary>The stream's name; give this or <see cref="StreamARN"/>.</summary>
    public string? StreamName { get; init; }

    /// <summary>The stream's ARN; the only form that reaches a stream of another account by resource policy.</summary>
    public string? StreamARN { get; init; }

    /// <summary>The records, in order. They are not disposed of with the call.</summary>
    public required PutRecordsEntries Records { get; init; }
}
