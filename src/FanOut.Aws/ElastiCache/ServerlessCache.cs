namespace FanOut.Aws.ElastiCache;

/// <summary>A serverless cache; always called with TLS.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ServerlessCache.html</remarks>
public sealed class ServerlessCache
{
    /// <summary>Its name.</summary>
    public string? ServerlessCacheName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary><c>CREATING</c>, <c>AVAILABLE</c>, <c>DELETING</c>, <c>CREATE-FAILED</c>, <c>MODIFYING</c>; the service's letters vary.</summary>
    public string? Status { get; set; }

    /// <summary><c>memcached</c>, <c>redis</c> or <c>valkey</c>.</summary>
    public string? Engine { get; set; }

    /// <summary>Where it is called.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>The ids of its security groups.</summary>
    public List<string>? SecurityGroupIds { get; set; }
}
