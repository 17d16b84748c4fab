namespace FanOut.LocalCloud.ElastiCache;

/// <summary>Where a cache is reached.</summary>
/// <param name="Address">The host.</param>
/// <param name="Port">The port.</param>
public sealed record CacheEndpoint(string Address, int Port);
