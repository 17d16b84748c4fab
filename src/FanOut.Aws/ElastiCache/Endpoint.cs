namespace FanOut.Aws.ElastiCache;

/// <summary>Where a cache is called.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Endpoint.html</remarks>
public sealed class Endpoint
{
    /// <summary>The host.</summary>
    public string? Address { get; set; }

    /// <summary>The port.</summary>
    public int? Port { get; set; }
}
