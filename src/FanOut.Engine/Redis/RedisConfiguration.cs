using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>The configuration of StackExchange.Redis for a function that only writes.</summary>
internal static class RedisConfiguration
{
    /// <summary>The name under which the connection stands in the server's CLIENT LIST.</summary>
    public const string ClientName = "fanout";

    // Without SUBSCRIBE there is no second connection for subscriptions to each server; ElastiCache does not allow CONFIG and has no
    // SENTINEL. Without UNLINK a delete is a DEL, so that a user who may only SET and DEL suffices.
    private static readonly CommandMap Commands = CommandMap.Create(
        ["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH", "CONFIG", "SENTINEL", "UNLINK"], available: false);

    /// <summary>Makes the library's configuration.</summary>
    /// <param name="options">The destination.</param>
    /// <returns>The configuration; it holds the password.</returns>
    public static ConfigurationOptions For(RedisOptions options)
    {
        ConfigurationOptions configuration = new()
        {
            EndPoints = { { options.Host, options.Port } },
            Ssl = options.Tls,
            User = options.User,
            Password = options.Password,
            DefaultDatabase = options.Database,
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            AsyncTimeout = (int)options.OperationTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.OperationTimeout.TotalMilliseconds,
            ClientName = ClientName,
            CommandMap = Commands,
            Tunnel = new BoundedTunnel(),

            // About the first connection only: if it fails, there must be an error with the cause; "false" would silently return an object
            // without a connection. RedisCache tries again with every call, so no failure is final.
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            AllowAdmin = false,
            // Disables the key by which instances of the library agree on a primary, and the channel on which they announce it.
            TieBreaker = "",
            ConfigurationChannel = "",
            SetClientLibrary = false,
            // Keys are the records' own data and stay out of messages.
            IncludeDetailInExceptions = false,
            IncludePerformanceCountersInExceptions = false,
        };
        if (options.CertificateValidation is { } validate)
        {
            configuration.CertificateValidation += validate;
        }

        return configuration;
    }
}
