using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>The connection that all calls share: made at the first use, and anew after it was dropped.</summary>
/// <param name="options">The destination.</param>
internal sealed class RedisConnection(RedisOptions options) : IAsyncDisposable
{
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
        RedisConnectionException? refusal = null;
        for (int tried = 0; tried < RedisConfiguration.Commands.Count; tried++)
        {
            var tunnel = new BoundedTunnel();
            try
            {
                ConnectionMultiplexer multiplexer = await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.For(options, RedisConfiguration.Commands[_commands], tunnel));
                return await CheckedAsync(multiplexer);
            }
            catch (RedisConnectionException exception) when (exception.FailureType == ConnectionFailureType.AuthenticationFailure || !tunnel.HasAnswered)
            {
                throw RedisFault.NotConnected(options, exception);
            }
            catch (RedisConnectionException exception)
            {
                // The server speaks, but takes no such command, maybe of this user only; the library does not tell why.
                refusal = exception;
                _commands = (_commands + 1) % RedisConfiguration.Commands.Count;
            }
        }

        throw await AskWhyAsync() is { } why ? RedisFault.Refused(options, why) : RedisFault.NotConnected(options, refusal!);
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

    /// <summary>What the server answers to the last of the commands that show whether a connection works; null: it does not answer with an error.</summary>
    private async Task<RedisServerException?> AskWhyAsync()
    {
        // Only a connection that has failed, not one that could not be made, tells its errors: with the next command, which it does not send.
        ConfigurationOptions configuration = RedisConfiguration.For(options, RedisConfiguration.Commands[^1], new BoundedTunnel());
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        try
        {
            await using ConnectionMultiplexer multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
            await multiplexer.GetDatabase().KeyExistsAsync($"{Guid.NewGuid()}");
            return null;
        }
        catch (RedisException exception)
        {
            return exception.GetBaseException() as RedisServerException;
        }
    }
}
