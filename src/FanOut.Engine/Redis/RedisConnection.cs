using System.Security.Authentication;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>The connection that all calls share: made at the first use, and anew after it was dropped.</summary>
/// <param name="options">The destination.</param>
internal sealed class RedisConnection(RedisOptions options) : IAsyncDisposable
{
    private readonly object _gate = new();
    private Task<ConnectionMultiplexer>? _multiplexer;

    /// <summary>The open connection; connects when there is none, once for all who wait.</summary>
    /// <param name="cancellationToken">Stops the waiting; the attempt goes on for the next call.</param>
    /// <returns>The library's connection, which reconnects by itself when it breaks.</returns>
    /// <exception cref="CacheAccessDeniedException">The server denies the user or the password.</exception>
    /// <exception cref="CacheUnavailableException">The server cannot be reached.</exception>
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
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.For(options));
        }
        catch (RedisConnectionException exception)
        {
            throw exception switch
            {
                { InnerException: AuthenticationException } => new CacheUnavailableException(
                    $"{options} fails the TLS handshake: {exception.InnerException.Message} Check that the server has TLS and a trusted certificate.",
                    exception) { IsUnreachable = true },
                { FailureType: ConnectionFailureType.AuthenticationFailure } => RedisFault.Denied(options, exception),
                _ => new CacheUnavailableException(
                    $"{options} cannot be reached within {options.ConnectTimeout.TotalSeconds} s. Check the address, that TLS is chosen as the "
                    + "server has it (rediss://), and that the function's subnets and security groups lead to it.", exception) { IsUnreachable = true },
            };
        }
    }
}
