namespace FanOut.Aws.Kinesis;

/// <summary>Asks for a page of a stream's shards.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html</remarks>
public sealed class ListShardsRequest
{
    /// <summary>The stream; must be null where there is a <see cref="NextToken"/>.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name, instead of its ARN or beside it; must be null where there is a <see cref="NextToken"/>.</summary>
    public string? StreamName { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListShardsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }

    /// <summary>How many shards a page may have, 1 to 10,000. Default: 1,000.</summary>
    public int? MaxResults { get; set; }
}
