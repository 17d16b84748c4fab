using System.Security.Cryptography.X509Certificates;
using FanOut.Aws.Trust;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>The configuration of StackExchange.Redis for a function that only writes.</summary>
internal static class RedisConfiguration
{
    /// <summary>The name under which the connection stands in the server's CLIENT LIST.</summary>
    public const string ClientName = "fanout";

    // Without SUBSCRIBE there is no second connection for subscriptions to each server; ElastiCache does not allow CONFIG and has no
    // SENTINEL. Without UNLINK a delete is a DEL, so that a user who may only SET and DEL suffices.
    private static readonly string[] Unused = ["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH", "CONFIG", "SENTINEL", "UNLINK"];

    /// <summary>
    /// The commands that the library may send, in the order in which they are tried: they differ in the one by which it finds out whether a connection
    /// works, when it is made and while it is idle. A user needs the right to one of these: PING, ECHO, EXISTS, DEL.
    /// </summary>
    /// <remarks>
    /// Without PING, ECHO and TIME the library asks whether a random key EXISTS. A user who may only SET and DEL has it deleted instead: the answer is a
    /// number too, and nobody has such a key.
    /// </remarks>
    public static IReadOnlyList<CommandMap> Commands { get; } =
    [
        Without("ECHO", "TIME"),
        Without("PING", "TIME"),
        Without("PING", "ECHO", "TIME"),
        Without(new KeyValuePair<string, string?>("EXISTS", "DEL"), "PING", "ECHO", "TIME"),
    ];

    /// <summary>Makes the library's configuration.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="commands">One of <see cref="Commands"/>.</param>
    /// <param name="tunnel">The way to the server.</param>
    /// <param name="log">Gets the reason when no connection can be made.</param>
    /// <returns>The configuration; it holds the password.</returns>
    public static ConfigurationOptions For(RedisOptions options, CommandMap commands, BoundedTunnel tunnel, FailureLog log)
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
            CommandMap = commands,
            Tunnel = tunnel,
            LoggerFactory = log,

            // About the first connection only: if it fails, there must be an error with the cause; "false" would silently return an object
            // without a connection. RedisCache tries again with every call, so no failure is final.
            AbortOnConnectFail = true,
            ConnectRetry = 1,

            // A guard for people at a prompt, who might flush a server; CLUSTER NODES is behind it too.
            AllowAdmin = true,
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
        else
        {
            // The library asks for revocations unless it is told otherwise, and does without options where there are none.
            configuration.SslClientAuthenticationOptions = static host => ServerTrust.Instance.For(host, X509RevocationMode.Online)!;
        }

        return configuration;
    }

    private static CommandMap Without(params string[] commands) => CommandMap.Create([.. Unused, .. commands], available: false);

    private static CommandMap Without(KeyValuePair<string, string?> renamed, params string[] commands) =>
        CommandMap.Create(new([renamed, .. Unused.Concat(commands).Select(static c => KeyValuePair.Create(c, (string?)null))]));
}
