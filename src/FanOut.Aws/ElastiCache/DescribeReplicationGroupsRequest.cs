namespace FanOut.Aws.ElastiCache;

/// <summary>Asks for a replication group, or for a page of the region's.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html</remarks>
public sealed class DescribeReplicationGroupsRequest
{
    /// <summary>The replication group. Default: all.</summary>
    public string? ReplicationGroupId { get; set; }

    /// <summary>How many replication groups a page may have, 20 to 100. Default: 100.</summary>
    public int? MaxRecords { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeReplicationGroupsResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
