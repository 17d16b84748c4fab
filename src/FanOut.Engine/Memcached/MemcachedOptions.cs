using System.Net.Security;

namespace FanOut.Engine.Memcached;

/// <summary>Where a Memcached server or cluster is and how to speak to it.</summary>
public sealed class MemcachedOptions
{
    /// <summary>Memcached's own port.</summary>
    public const int DefaultPort = 11211;

    /// <summary>The host name or address of a server, or of an ElastiCache cluster's configuration endpoint.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    /// <value>11211 by default.</value>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to use TLS: ElastiCache clusters with encryption in transit (engine 1.6.12 and later) and ElastiCache Serverless.</summary>
    /// <value>Off by default.</value>
    public bool Tls { get; init; }

    /// <summary>How long connecting to a server, TLS included, may take.</summary>
    /// <value>2 seconds by default.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one server may take to answer all entries of one call.</summary>
    /// <value>5 seconds by default.</value>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the configuration endpoint is asked for the cluster's servers.</summary>
    /// <remarks>ElastiCache's own client asks once a minute:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.HowAutoDiscoveryWorks.html</remarks>
    /// <value>60 seconds by default.</value>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Judges the server's certificate, for a certificate authority of one's own; null leaves it to the system.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>The destination as a person writes it.</summary>
    /// <returns><c>host:port</c>.</returns>
    public override string ToString() => $"{Host}:{Port}";
}
