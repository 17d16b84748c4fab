using Amazon.Runtime;

namespace FanOut.Aws.ElastiCache;

/// <summary>A page of replication groups.</summary>
public sealed class DescribeReplicationGroupsResponse : AmazonWebServiceResponse
{
    /// <summary>The replication groups.</summary>
    public List<ReplicationGroup>? ReplicationGroups { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
