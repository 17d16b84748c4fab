using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>Why entries have no answer, in FanOut's words instead of the library's.</summary>
internal static class RedisFault
{
    /// <summary>The server denies the user, the password or the command.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="exception">What the library says.</param>
    public static CacheAccessDeniedException Denied(RedisOptions options, Exception exception) => new(
        $"{options} refuses the user or the password, or the user may not SET and DEL these keys. Check the destination's user and "
        + "password and the server's access control list.", exception);

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
