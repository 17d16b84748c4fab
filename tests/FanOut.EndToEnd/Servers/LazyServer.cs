namespace FanOut.EndToEnd.Servers;

/// <summary>A server started by the first test that asks for it and ended after the last; an assembly fixture.</summary>
/// <remarks>
/// Tests of several classes use it at the same time: each makes resources of its own names. A test that changes the whole server
/// (a reset, authorisation) makes an instance of its own.
/// </remarks>
public abstract class LazyServer : IAsyncDisposable
{
    private readonly Lazy<Task<ServerProcess?>> _process;

    /// <summary>Makes the fixture; nothing is started yet.</summary>
    protected LazyServer() => _process = new(LaunchAsync);

    /// <summary>The server's name, for messages.</summary>
    protected abstract string Name { get; }

    /// <summary>The command that installs it, for messages.</summary>
    protected abstract string Remedy { get; }

    /// <summary>Starts it when no test has yet; skips the running test when it is not installed (<see cref="ServerMissing"/>).</summary>
    /// <returns>The running server.</returns>
    public async Task<ServerProcess> StartAsync()
    {
        ServerProcess? process = await _process.Value;
        if (process is null)
        {
            ServerMissing.EndTest(Name, Remedy);
        }

        return process;
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // One that failed to start has already ended, and the tests that asked for it have said so.
        if (_process.IsValueCreated && _process.Value.IsCompletedSuccessfully && await _process.Value is { } process)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts the program.</summary>
    /// <returns>The running server; null when it is not installed.</returns>
    protected abstract Task<ServerProcess?> LaunchAsync();
}
