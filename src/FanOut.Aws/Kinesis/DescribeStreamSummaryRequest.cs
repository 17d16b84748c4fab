namespace FanOut.Aws.Kinesis;

/// <summary>Asks for a stream by its name or its ARN.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html</remarks>
public sealed class DescribeStreamSummaryRequest
{
    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }
}
