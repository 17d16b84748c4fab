using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>The connection that all calls share: made at the first use, and anew after it was dropped.</summary>
/// <param name="options">The destination.</param>
internal sealed class RedisConnection(RedisOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private Task<ConnectionMultiplexer>? _multiplexer;

    // Which of RedisConfiguration.Commands the user may run, as far as it was found out.
    private int _commands;

    /// <summary>The open connection; connects when there is none, once for all who wait.</summary>
    /// <param name="cancellationToken">Stops the waiting; the attempt goes on for the next call.</param>
    /// <returns>The library's connection, which reconnects by itself when it breaks.</returns>
    /// <exception cref="CacheAccessDeniedException">The server denies the user, the password, or what FanOut needs of it.</exception>
    /// <exception cref="CacheUnavailableException">The server cannot be reached, or takes no commands.</exception>
    public Task<ConnectionMultiplexer> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_multiplexer is null or { IsFaulted: true })
            {
                _multiplexer = ConnectAsync();
            }

            return _multiplexer.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes a connection that is of no more use; calls under way on it fail.</summary>
    /// <param name="multiplexer">The connection, as <see cref="GetAsync"/> gave it.</param>
    public async Task DropAsync(ConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_multiplexer is not { IsCompletedSuccessfully: true } || _multiplexer.Result != multiplexer)
            {
                return;
            }

            _multiplexer = null;
        }
        await multiplexer.CloseAsync(allowCommandsToComplete: false);
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? made;
        lock (_gate)
        {
            (made, _multiplexer) = (_multiplexer, null);
        }

        if (made is null)
        {
            return;
        }

        await ((Task)made).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (made.IsCompletedSuccessfully)
        {
            await made.Result.DisposeAsync();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        RedisServerException? denial = null;
        for (int tried = 0; tried < RedisConfiguration.Commands.Count; tried++)
        {
            var tunnel = new BoundedTunnel();
            var log = new FailureLog();
            try
            {
                ConnectionMultiplexer multiplexer = await ConnectionMultiplexer.ConnectAsync(
                    RedisConfiguration.For(options, RedisConfiguration.Commands[_commands], tunnel, log));
                tunnel.IsConnected = true;
                return await CheckedAsync(multiplexer);
            }
            catch (RedisConnectionException exception)
            {
                // Where the server speaks, it may be that its user may not run the command that shows whether a connection works.
                denial = await DenialAsync(exception, tunnel, log);
                _commands = (_commands + 1) % RedisConfiguration.Commands.Count;
            }
        }

        throw RedisFault.Refused(options, denial!);
    }

    private async Task<ConnectionMultiplexer> CheckedAsync(ConnectionMultiplexer multiplexer)
    {
        try
        {
            await CheckRedis.TopologyAsync(multiplexer, options);
            return multiplexer;
        }
        catch
        {
            await multiplexer.CloseAsync(allowCommandsToComplete: false);
            throw;
        }
    }

    /// <summary>The server's answer, where it is that the user may not run a command, or that there is no such command; else fails with what is wrong.</summary>
    private async Task<RedisServerException> DenialAsync(RedisConnectionException exception, BoundedTunnel tunnel, FailureLog log)
    {
        if (tunnel.HasFlooded)
        {
            throw RedisFault.Flooded(options, exception);
        }

        if (exception.FailureType == ConnectionFailureType.AuthenticationFailure || !tunnel.HasAnswered || await AnswerAsync(log) is not { } error)
        {
            throw RedisFault.NotConnected(options, exception);
        }

        return RedisError.IsMissingCommand(error) ? error : throw RedisFault.Refused(options, error);
    }

    /// <summary>The error with which the server answered; null: it was none.</summary>
    private static async Task<RedisServerException?> AnswerAsync(FailureLog log)
    {
        // The library may throw some instructions before it has written its log.
        await ((Task)log.First.WaitAsync(LogTime)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return log.First.IsCompletedSuccessfully ? log.First.Result.GetBaseException() as RedisServerException : null;
    }
}
