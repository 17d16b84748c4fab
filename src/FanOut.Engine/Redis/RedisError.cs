using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Redis;

/// <summary>What the errors of a Redis server mean: the first word of the answer says it, and <see cref="KnownFaults"/> knows the words.</summary>
internal static class RedisError
{
    /// <summary>The error's code: the first word of the answer.</summary>
    /// <param name="message">The server's answer.</param>
    public static string CodeOf(string message)
    {
        int end = message.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>Whether the user lacks a permission, so that no entry can succeed.</summary>
    /// <param name="message">The server's answer.</param>
    public static bool IsDenial(string message) => KnownFaults.ClassOf(Service.Redis, CodeOf(message)) == FailureClass.PermanentTarget;

    /// <summary>Whether the server became a replica: then connect anew, because the primary's name may point to another server now.</summary>
    /// <param name="failure">An entry's failure.</param>
    public static bool IsReplica(CacheFailure failure) => failure.Code == "READONLY";

    /// <summary>The failure of one entry.</summary>
    /// <param name="index">Which entry.</param>
    /// <param name="message">The server's answer.</param>
    public static CacheFailure ToFailure(int index, string message)
    {
        string code = CodeOf(message);
        bool isPassing = KnownFaults.ClassOf(Service.Redis, code) == FailureClass.Refused || message.StartsWith("ERR max number of clients", StringComparison.Ordinal);
        return new(index, isPassing, code, message);
    }
}
