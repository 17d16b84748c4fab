using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FanOut.Engine.Mappings;

/// <summary>A Memcached or Redis node, cluster or configuration endpoint.</summary>
/// <remarks>
/// <para>memcached: <c>host</c>, <c>host:port</c>, <c>memcached://host:port</c>, with TLS <c>memcacheds://host:port</c>; default port 11211.</para>
/// <para>redis: <c>host</c>, <c>host:port</c>, <c>redis://user:password@host:port/database</c>, with TLS <c>rediss://…</c>; default port 6379.
/// User and password are percent-decoded; a single word before the <c>@</c> is the password, as in redis-cli.</para>
/// <para>Without a scheme the connection is plain, as the original's was; an ElastiCache Serverless host (<c>….serverless.…</c>), which takes
/// nothing but TLS, is given TLS.</para>
/// </remarks>
/// <param name="Text">The text as it stands in the table; it may hold the password.</param>
/// <param name="Host">Host name or address, an IPv6 address without its brackets.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
/// <param name="User">User of Redis's access control; null: the default user.</param>
/// <param name="Password">Password; null: no authentication. Never printed.</param>
/// <param name="Database">Number of the logical database; 0 unless given.</param>
public sealed record CacheDestination(
    string Text,
    string Host,
    int Port,
    bool Tls,
    string? User,
    string? Password,
    int Database) : Destination(Text)
{
    private const int MemcachedPort = 11211;
    private const int RedisPort = 6379;

    /// <inheritdoc/>
    public override string Display => User is null && Password is null ? Text : Rebuilt;

    private string Rebuilt =>
        $"{(Tls ? "rediss" : "redis")}://***@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}"
        + (Database == 0 ? "" : $"/{Database}");

    /// <summary>Parses the address of a Memcached node or configuration endpoint.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParseMemcached(
        string text,
        [NotNullWhen(true)] out CacheDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        if (TryParse(text, "memcached", MemcachedPort, out destination, out problem)
            && (destination.User is not null || destination.Password is not null || destination.Database != 0))
        {
            destination = null;
            problem = "Memcached has no users, passwords or databases";
        }

        if (destination is null)
        {
            problem += "; memcached takes host:port, memcached://host:port, or with TLS memcacheds://host:port";
        }

        return destination is not null;
    }

    /// <summary>Parses the address of a Redis or Valkey node or cluster.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParseRedis(
        string text,
        [NotNullWhen(true)] out CacheDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        if (TryParse(text, "redis", RedisPort, out destination, out problem))
        {
            return true;
        }

        problem += "; redis takes host:port, redis://user:password@host:port/database, or with TLS rediss://…";
        return false;
    }

    // [scheme[s]://][[user]:password@]host[:port][/database], by hand: a password may hold what System.Uri takes for a delimiter.
    private static bool TryParse(
        string text,
        string scheme,
        int defaultPort,
        [NotNullWhen(true)] out CacheDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        (destination, problem) = (null, null);
        string rest = text;
        bool? tls = null;
        if (text.IndexOf("://", StringComparison.Ordinal) is var colon and >= 0)
        {
            tls = text.AsSpan(0, colon).Equals(scheme + "s", StringComparison.OrdinalIgnoreCase);
            if (tls is false && !text.AsSpan(0, colon).Equals(scheme, StringComparison.OrdinalIgnoreCase))
            {
                problem = $"its scheme is neither {scheme}:// nor {scheme}s://";
                return false;
            }

            rest = text[(colon + "://".Length)..];
        }

        (string? user, string? password, rest) = TakeUser(rest);
        string database = "";
        if (rest.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0)
        {
            (rest, database) = (rest[..slash], rest[(slash + 1)..]);
        }

        int number = 0;
        if (database.Length > 0 && !int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            problem = "its database is not a number";
        }
        else if (!TrySplitPort(rest, defaultPort, out string host, out int port))
        {
            problem = "its port is not a number from 1 to 65535";
        }
        else if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            problem = host.Length == 0 ? "it has no host" : "its host is not a valid name or address";
        }
        else
        {
            destination = new CacheDestination(text, host, port, tls ?? IsServerless(host), user, password, number);
        }

        return destination is not null;
    }

    private static (string? User, string? Password, string Address) TakeUser(string text)
    {
        int at = text.LastIndexOf('@');
        if (at < 0)
        {
            return (null, null, text);
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal) is var found && found < at ? found : -1;
        string user = colon < 0 ? "" : Uri.UnescapeDataString(text[..colon]);
        string password = Uri.UnescapeDataString(text[(colon + 1)..at]);
        return (user.Length == 0 ? null : user, password.Length == 0 ? null : password, text[(at + 1)..]);
    }

    private static bool TrySplitPort(string text, int defaultPort, out string host, out int port)
    {
        // In [::1]:6379 only the colon after the bracket separates the port; in a bare ::1 none does.
        int colon = text.LastIndexOf(':');
        bool isAddress = text.StartsWith('[') ? colon < text.IndexOf(']', StringComparison.Ordinal) : colon != text.IndexOf(':', StringComparison.Ordinal);
        string before = colon < 0 || isAddress ? text : text[..colon];
        host = before is ['[', .. var address, ']'] ? address : before;
        port = defaultPort;
        return before.Length == text.Length
            || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);
    }

    private static bool IsServerless(string host) =>
        AwsHost.TrySplit(host, out string[] labels) && labels.Contains("serverless") && labels.Contains("cache");
}
