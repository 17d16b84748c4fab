namespace FanOut.Aws.ElastiCache;

/// <summary>A shard of a replication group.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_NodeGroup.html</remarks>
public sealed class NodeGroup
{
    /// <summary>Its id, such as <c>0001</c>.</summary>
    public string? NodeGroupId { get; set; }

    /// <summary>Its status, such as <c>available</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Where its primary is called; absent in cluster mode.</summary>
    public Endpoint? PrimaryEndpoint { get; set; }
}
