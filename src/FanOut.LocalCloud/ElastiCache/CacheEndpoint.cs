namespace FanOut.LocalCloud.ElastiCache;

/// <summary>The address of a cache.</summary>
/// <param name="Address">The host.</param>
/// <param name="Port">The port.</param>
public sealed record CacheEndpoint(string Address, int Port);
