namespace FanOut.Engine.Memcached;

/// <summary>One server of a cluster, as auto-discovery names it.</summary>
/// <param name="Host">The host name; it decides the server's place on the ring and is checked against its certificate.</param>
/// <param name="Address">Where to connect: the IP address that discovery gave, else the host name.</param>
/// <param name="Port">The port.</param>
internal sealed record MemcachedNode(string Host, string Address, int Port)
{
    /// <summary>The node as a person writes it.</summary>
    /// <returns><c>host:port</c>.</returns>
    public override string ToString() => $"{Host}:{Port}";
}
