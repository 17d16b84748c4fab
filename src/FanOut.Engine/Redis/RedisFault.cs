using System.Security.Authentication;
using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>Why entries have no answer, in FanOut's words instead of the library's.</summary>
internal static class RedisFault
{
    /// <summary>The server denies the user, the password or the command.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static CacheAccessDeniedException Denied(RedisOptions options, Exception exception) => exception is RedisServerException error ? new(
        $"{options} does not let its user write: {OutsideText.Cut(RedisError.MessageOf(error))}. Allow SET and DEL of these keys to the user.", error) : new(
        $"{options} refuses the user or the password, or the user may not SET and DEL these keys. Check the destination's user and "
        + "password and the server's access control list.", exception);

    /// <summary>The server denies its user what changes need that carry their time.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="error">The server's answer.</param>
    public static CacheAccessDeniedException NoVersions(RedisOptions options, RedisServerException error) => new(
        $"{options} does not let its user write changes with their time: {OutsideText.Cut(RedisError.MessageOf(error))}. Allow EVALSHA, EVAL, GET, SET and DEL to the user, of these keys and of those that "
        + $"begin with {Encoding.ASCII.GetString(VersionKey.Prefix)}.", error);

    /// <summary>The server has no scripts.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="error">The server's answer.</param>
    public static TargetFaultException NoScripts(RedisOptions options, RedisServerException error) => new(new Failure(
        FailureClass.PermanentTarget, "NoScripts", $"{options} runs no scripts (EVALSHA and EVAL), without which a late change of a table would take the place of a newer one: "
        + $"{OutsideText.Cut(RedisError.MessageOf(error))}. Turn them on, or let the table's own stream be the source."));

    /// <summary>Why a record's key cannot be an entry's, where changes carry their time; null: it can.</summary>
    /// <param name="key">The record's key.</param>
    public static Failure? ReservedKey(ReadOnlySpan<byte> key) => !VersionKey.IsReserved(key) ? null : new Failure(
        FailureClass.PermanentItem, "ReservedKey", $"The record's key begins with {Encoding.ASCII.GetString(VersionKey.Prefix)}, under which the times of changes stand.");

    /// <summary>No connection could be made.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static Exception NotConnected(RedisOptions options, RedisConnectionException exception) => exception switch
    {
        { InnerException: AuthenticationException } => new CacheUnavailableException(
            $"{options} fails the TLS handshake: {exception.InnerException.Message} Check that the server has TLS and a trusted certificate.",
            exception) { IsUnreachable = true },
        { FailureType: ConnectionFailureType.AuthenticationFailure } => Denied(options, exception),
        _ => new CacheUnavailableException(
            $"{options} cannot be reached within {options.ConnectTimeout.TotalSeconds} s. Check the address, that TLS is chosen as the "
            + "server has it (rediss://), and that the function's subnets and security groups lead to it.", exception) { IsUnreachable = true },
    };

    /// <summary>What the server sends is more than it can have to say.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static CacheUnavailableException Flooded(RedisOptions options, Exception exception) => new(
        $"{options} sends more than {BoundedStream.MostBytes} bytes without being asked for more, which no Redis server does. Check the address.", exception)
        { IsUnreachable = true };

    /// <summary>The server answers, but with an error to all that shows whether a connection works.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="error">Its answer to the last of it, DEL.</param>
    public static Exception Refused(RedisOptions options, RedisServerException error)
    {
        string message = RedisError.MessageOf(error);
        return RedisError.IsDenial(message)
            ? new CacheAccessDeniedException(
                $"{options} lets its user run none of PING, ECHO, EXISTS and DEL, of which FanOut needs one to see whether a connection works, besides SET and DEL: "
                + $"{OutsideText.Cut(message)}. Allow PING to the user.", error)
            : new CacheUnavailableException($"{options} takes no commands: {OutsideText.Cut(message)}.", error) { IsUnreachable = true };
    }

    /// <summary>A cluster's servers cannot be found out.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="error">The server's answer.</param>
    public static CacheAccessDeniedException UnknownTopology(RedisOptions options, RedisServerException error) => new(
        $"{options} is a cluster, and its user may not run CLUSTER NODES, which tells which server has which keys: {OutsideText.Cut(RedisError.MessageOf(error))}. "
        + "Allow it to the user: +cluster|nodes.", error);

    /// <summary>The user may not change the database.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="error">The server's answer.</param>
    public static CacheAccessDeniedException NoSelect(RedisOptions options, RedisServerException error) => new(
        $"{options} does not let its user SELECT database {options.Database}: {OutsideText.Cut(RedisError.MessageOf(error))}. Allow SELECT to the user, or write to database 0.", error);

    /// <summary>There is no such database.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="why">Why not.</param>
    public static TargetFaultException NoDatabase(RedisOptions options, string why) => new(new Failure(
        FailureClass.PermanentTarget, "NoSuchDatabase", $"{options} has no database {options.Database}: {OutsideText.Cut(why)}. Change the number at the end of the destination."));

    /// <summary>The exception for entries that were not answered.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static Exception Unanswered(RedisOptions options, Exception exception) => exception switch
    {
        RedisTimeoutException => new TimeoutException(
            $"{options} did not answer within {options.OperationTimeout.TotalSeconds} s; whether it took the entries is not known. "
            + "Check its load and the network.", exception),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToConnect } => new CacheUnavailableException(
            $"{options} cannot be reached any more: {exception.Message}", exception) { IsUnreachable = true },
        RedisConnectionException broken => new CacheUnavailableException(
            $"The connection to {options} broke ({broken.FailureType}); whether it took the entries is not known.", exception),
        _ => new CacheUnavailableException($"{options} could not be asked: {exception.Message}", exception),
    };
}
