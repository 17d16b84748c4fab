namespace FanOut.Aws.Firehose;

/// <summary>Asks for a delivery stream.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html</remarks>
public sealed class DescribeDeliveryStreamRequest
{
    /// <summary>The delivery stream's name.</summary>
    public required string DeliveryStreamName { get; set; }
}
