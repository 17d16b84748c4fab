using System.Collections.Frozen;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Redis;

/// <summary>What the errors of a Redis server mean: the first word of the answer says it.</summary>
/// <remarks>https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors; the words stand in Redis's server.c
/// (createSharedObjects) and cluster.c.</remarks>
internal static class RedisError
{
    // The cause is the state of the server or of the cluster, not the entry, and passes by itself.
    private static readonly FrozenSet<string> Passing = new[]
    {
        "OOM", "LOADING", "BUSY", "READONLY", "MASTERDOWN", "NOREPLICAS", "MISCONF", "MOVED", "ASK", "CLUSTERDOWN", "TRYAGAIN",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Denials = new[] { "WRONGPASS", "NOAUTH", "NOPERM" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The error's code: the first word of the answer.</summary>
    /// <param name="message">The server's answer.</param>
    public static string CodeOf(string message)
    {
        int end = message.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>Whether the user lacks a permission, so that no entry can succeed.</summary>
    /// <param name="message">The server's answer.</param>
    public static bool IsDenial(string message) => Denials.Contains(CodeOf(message));

    /// <summary>Whether the server became a replica: then connect anew, because the primary's name may point to another server now.</summary>
    /// <param name="failure">An entry's failure.</param>
    public static bool IsReplica(CacheFailure failure) => failure.Code == "READONLY";

    /// <summary>The failure of one entry.</summary>
    /// <param name="index">Which entry.</param>
    /// <param name="message">The server's answer.</param>
    public static CacheFailure ToFailure(int index, string message)
    {
        string code = CodeOf(message);
        bool isPassing = Passing.Contains(code) || message.StartsWith("ERR max number of clients", StringComparison.Ordinal);
        return new(index, isPassing, code, message);
    }
}
