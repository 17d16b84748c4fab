using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>Sends batches to one server over a connection that lasts, one batch after the other.</summary>
/// <param name="node">The server.</param>
/// <param name="options">TLS and the times things may take.</param>
/// <param name="time">Measures those times.</param>
/// <param name="connection">A connection to it that is open already, or null.</param>
internal sealed class MemcachedNodeClient(
    MemcachedNode node, MemcachedOptions options, TimeProvider time, MemcachedConnection? connection = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private MemcachedConnection? _connection = connection;
    private bool _isDisposed;

    /// <summary>The server.</summary>
    public MemcachedNode Node => node;

    /// <summary>Sends a batch. Whatever fails is noted in the batch: the other servers' batches go on.</summary>
    /// <param name="batch">The entries; takes the answers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When all entries are answered, or it is known why not.</returns>
    public async Task SendAsync(NodeBatch batch, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using CancellationTokenSource timeout = new(options.OperationTimeout, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            await DeliverAsync(batch, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            batch.Fault = new TimeoutException(
                $"Memcached server {node} answered {batch.Answered} of {batch.Count} entries within {options.OperationTimeout.TotalSeconds} s; "
                + "whether it took the others is not known. Check its load, and that TLS is chosen as the server has it.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            batch.Fault = new CacheAccessDeniedException(
                $"Memcached server {node} asks for a user and a password, which FanOut has no way to give it. Turn its authentication off.", exception);
        }
        catch (CacheUnavailableException exception)
        {
            batch.Fault = exception;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            batch.Fault = new CacheUnavailableException(
                $"The connection to Memcached server {node} ended after {batch.Answered} of {batch.Count} answers: {exception.Message}", exception);
        }
        finally
        {
            if (_isDisposed)
            {
                Drop();
            }

            _turn.Release();
        }
    }

    /// <summary>Closes the connection once a batch under way has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _isDisposed = true;
        Drop();
        _turn.Release();
    }

    private async Task DeliverAsync(NodeBatch batch, CancellationToken cancellationToken)
    {
        while (batch.Answered < batch.Count)
        {
            bool isReused = _connection is not null;
            int answeredBefore = batch.Answered;
            _connection ??= await MemcachedConnection.OpenAsync(node, options, time, cancellationToken);
            bool isInStep = false;
            try
            {
                isInStep = await _connection.SendAsync(batch, cancellationToken);
            }
            catch (IOException) when (isReused && batch.Answered == answeredBefore)
            {
                // The server had closed the connection while it was idle (restart, idle limit, frozen function): try once more on a new one.
            }
            finally
            {
                if (!isInStep)
                {
                    Drop();
                }
            }
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
