namespace FanOut.LocalCloud.ElastiCache;

/// <summary>A serverless cache; its connections are always TLS.</summary>
public sealed record ElastiCacheServerlessCache
{
    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The name, in lower case.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary><c>memcached</c>, <c>redis</c> or <c>valkey</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Its address.</summary>
    public required CacheEndpoint Endpoint { get; init; }

    /// <summary>Where reads with lower latency go.</summary>
    public required CacheEndpoint ReaderEndpoint { get; init; }

    /// <summary>The ids of its security groups.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The status, for example <c>creating</c>.</summary>
    /// <value><c>available</c></value>
    public string Status { get; init; } = "available";
}
