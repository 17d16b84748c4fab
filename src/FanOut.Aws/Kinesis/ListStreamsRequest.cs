namespace FanOut.Aws.Kinesis;

/// <summary>Asks for a page of the region's streams.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html</remarks>
public sealed class ListStreamsRequest
{
    /// <summary>How many streams a page may have, 1 to 10,000. Default: 100.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListStreamsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }

    /// <summary>Where the page begins, instead: after the stream of this name.</summary>
    public string? ExclusiveStartStreamName { get; set; }
}
