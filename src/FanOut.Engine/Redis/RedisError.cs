using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>What the errors of a Redis server mean: the first word of the answer says it, and <see cref="KnownFaults"/> knows the words.</summary>
internal static class RedisError
{
    // How the library marks an error that it gives as the reason of another.
    private static readonly string[] Marks = ["SimpleError: ", "BulkError: "];

    /// <summary>The server's answer.</summary>
    /// <param name="error">The error, as the library tells it.</param>
    public static string MessageOf(RedisServerException error)
    {
        string? mark = Array.Find(Marks, m => error.Message.StartsWith(m, StringComparison.Ordinal));
        return mark is null ? error.Message : error.Message[mark.Length..];
    }

    /// <summary>The error's code: the first word of the answer. A proxy may hand on a server's redirection behind an ERR of its own.</summary>
    /// <param name="message">The server's answer.</param>
    public static string CodeOf(string message)
    {
        if (message.StartsWith("ERR MOVED ", StringComparison.Ordinal) || message.StartsWith("ERR ASK ", StringComparison.Ordinal))
        {
            message = message["ERR ".Length..];
        }

        int end = message.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>
    /// Whether the server redirected the entry to another one of its cluster, and the library could not follow. It tells so in its own words, and as if
    /// no connection could be made.
    /// </summary>
    /// <param name="exception">What the library says of an entry.</param>
    public static bool IsRedirection(Exception exception) =>
        exception is RedisConnectionException { FailureType: ConnectionFailureType.UnableToConnect } && exception.Message.StartsWith("Endpoint ", StringComparison.Ordinal)
        || exception is RedisServerException && (exception.Message.StartsWith("The server redirected ", StringComparison.Ordinal) || CodeOf(exception.Message) is "MOVED" or "ASK");

    /// <summary>The failure of an entry that was redirected in vain.</summary>
    /// <param name="index">Which entry.</param>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static CacheFailure Redirected(int index, RedisOptions options, Exception exception)
    {
        bool isAsk = exception is RedisServerException && CodeOf(exception.Message) == "ASK";
        return new(index, Retryable: true, isAsk ? "ASK" : "MOVED",
            $"{options} redirects the entry to another server of its cluster, which cannot be reached: {OutsideText.Cut(exception.Message.TrimEnd())} "
            + "Let the destination be the cluster's configuration endpoint, and all its servers be reachable at the addresses that they announce.");
    }

    /// <summary>Whether the user lacks a permission, so that no entry can succeed.</summary>
    /// <param name="message">The server's answer.</param>
    public static bool IsDenial(string message) => KnownFaults.ClassOf(Service.Redis, CodeOf(message)) == FailureClass.PermanentTarget;

    /// <summary>Whether the user lacks a permission for what a script does. Before Redis 7 such an answer has no code.</summary>
    /// <param name="message">The server's answer.</param>
    public static bool IsDenialInScript(string message) => message.Contains("user executing the script can't", StringComparison.Ordinal);

    /// <summary>Whether the user may not run a command, or the server has none of that name.</summary>
    /// <param name="error">The error, as the library tells it.</param>
    public static bool IsMissingCommand(RedisServerException error) =>
        MessageOf(error) is var message && (IsDenial(message) || message.StartsWith("ERR unknown command", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether another server has the entry's key: this one became a replica, or gave the key away. Then connect anew, because the primary's name may
    /// point to another server now, and the cluster's servers are asked again who has which keys.
    /// </summary>
    /// <param name="failure">An entry's failure.</param>
    public static bool IsElsewhere(CacheFailure failure) => failure.Code is "READONLY" or "MOVED";

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
