namespace FanOut.Aws.Firehose;

/// <summary>Asks for a page of the region's delivery streams.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html</remarks>
public sealed class ListDeliveryStreamsRequest
{
    /// <summary>How many a page may have, 1 to 10,000. Default: 10.</summary>
    public int? Limit { get; set; }

    /// <summary>Only those of a type, such as <c>DirectPut</c>.</summary>
    public string? DeliveryStreamType { get; set; }

    /// <summary>Where the page begins: after the delivery stream of this name, the last one of the last page.</summary>
    public string? ExclusiveStartDeliveryStreamName { get; set; }
}
