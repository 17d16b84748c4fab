using System.Net.Security;

namespace FanOut.Engine.Redis;

/// <summary>Where a Redis (or Valkey) server or cluster is and how to speak to it.</summary>
public sealed class RedisOptions
{
    /// <summary>Redis's own port.</summary>
    public const int DefaultPort = 6379;

    /// <summary>The host name or address: of a server, a primary endpoint (<c>master.</c>), or a cluster's configuration endpoint
    /// (<c>clustercfg.</c>, <c>.serverless.</c>). A cluster is recognised by its answers.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    /// <value>6379 by default.</value>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to use TLS.</summary>
    /// <value>Off by default.</value>
    public bool Tls { get; init; }

    /// <summary>The user, for servers with access control lists.</summary>
    /// <value>Null, the server's default user, by default.</value>
    public string? User { get; init; }

    /// <summary>The password. It appears in no message.</summary>
    /// <value>Null, none, by default.</value>
    public string? Password { get; init; }

    /// <summary>The number of the database. A cluster has only 0.</summary>
    /// <value>0 by default.</value>
    public int Database { get; init; }

    /// <summary>How long connecting, TLS and authentication included, may take.</summary>
    /// <value>3 seconds by default.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the server may take to answer an entry. The library checks once a second, so it may take up to a second longer.</summary>
    /// <value>5 seconds by default.</value>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Judges the server's certificate, for a certificate authority of one's own; null leaves it to the system.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>The destination as a person writes it, without the password.</summary>
    /// <returns><c>redis://user@host:port/database</c>, or <c>rediss://…</c> with TLS.</returns>
    public override string ToString() =>
        $"{(Tls ? "rediss" : "redis")}://{(User is null ? "" : User + "@")}{Host}:{Port}{(Database == 0 ? "" : $"/{Database}")}";
}
