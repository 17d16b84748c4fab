using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>A Redis (or Valkey) server or cluster.</summary>
/// <remarks>
/// One connection to each server, made at the first use, shared by all calls, re-established by the library. Entries go out pipelined: all are
/// written before the first answer is waited for. A key's hash slot decides its server, so writes to one key keep their order.
/// Values do not expire. Of entries that carry a version the server keeps the latest of each key.
/// </remarks>
/// <param name="options">Where it is and how to speak to it.</param>
public sealed class RedisCache(RedisOptions options) : IAsyncDisposable
{
    private const string NoAnswer = "NoAnswer";

    private readonly RedisConnection _connection = new(options);

    /// <summary>Sends entries. Those with the same key are applied in their order.</summary>
    /// <param name="entries">The entries; their memory must stay as it is until the task ends.</param>
    /// <param name="cancellationToken">Stops it; which entries were taken is not known then. The connection is closed, because only then
    /// is it certain that the entries are not read any more.</param>
    /// <returns>The entries that were not taken, ordered by index; empty when all were.</returns>
    /// <exception cref="CacheAccessDeniedException">The server denies the user, the password or the command.</exception>
    /// <exception cref="TargetFaultException">The server has no database of the destination's number, or runs no scripts, which versions need.</exception>
    /// <exception cref="CacheUnavailableException">
    /// The server cannot be reached, or broke off without an answer: it is not known which entries were taken.
    /// </exception>
    /// <exception cref="TimeoutException">The server did not answer in time: it is not known which entries were taken.</exception>
    public async ValueTask<IReadOnlyList<CacheFailure>> SendAsync(ReadOnlyMemory<CacheEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.IsEmpty)
        {
            return [];
        }

        ConnectionMultiplexer multiplexer = await _connection.GetAsync(cancellationToken);
        IDatabase database = multiplexer.GetDatabase();
        await CheckRedis.DatabaseAsync(database, options).WaitAsync(cancellationToken);
        Task[] answers = new Task[entries.Length];
        bool areTaken = await WriteAsync(multiplexer, database, entries, answers, 0, isKnown: true, cancellationToken);

        // From there on all, so that changes of the same time keep their order; what was taken is taken again.
        if (!areTaken && VersionedWrite.FirstUnknown(answers) is >= 0 and int first)
        {
            await WriteAsync(multiplexer, database, entries, answers, first, isKnown: false, cancellationToken);
        }

        IReadOnlyList<CacheFailure>? failures = null;
        try
        {
            return failures = Report(answers, entries.Span);
        }
        finally
        {
            // An entry without an answer: the library would hold back the next entries for seconds while it tries to reconnect, and it would keep
            // the beginning of an answer that never ends. A new connection shows at once whether it works.
            if (failures is null || failures.Any(static f => f.Code == NoAnswer || RedisError.IsElsewhere(f)))
            {
                await _connection.DropAsync(multiplexer);
            }
        }
    }

    /// <summary>Connects ahead of the first entries.</summary>
    /// <param name="cancellationToken">Stops the waiting; the attempt goes on.</param>
    /// <exception cref="CacheAccessDeniedException">The server denies the user or the password.</exception>
    /// <exception cref="CacheUnavailableException">The server cannot be reached.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _connection.GetAsync(cancellationToken);

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<bool> WriteAsync(
        ConnectionMultiplexer multiplexer, IDatabase database, ReadOnlyMemory<CacheEntry> entries, Task[] answers, int first, bool isKnown, CancellationToken cancellationToken)
    {
        Write(database, entries.Span[first..], answers.AsSpan(first), isKnown);
        Task all = Task.WhenAll(answers);
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!all.IsCompleted)
        {
            await _connection.DropAsync(multiplexer);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return all.IsCompletedSuccessfully;
    }

    private static void Write(IDatabase database, ReadOnlySpan<CacheEntry> entries, Span<Task> answers, bool isKnown)
    {
        IBatch batch = database.CreateBatch();
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Version > 0)
            {
                answers[i] = VersionedWrite.Add(batch, entries[i], isKnown);
                continue;
            }

            RedisKey key = entries[i].Key.ToArray();
            answers[i] = entries[i].Delete ? batch.KeyDeleteAsync(key) : batch.StringSetAsync(key, entries[i].Value);
        }

        try
        {
            batch.Execute();
        }
        catch (RedisException)
        {
            // Each entry's task says the same.
        }
    }

    private IReadOnlyList<CacheFailure> Report(Task[] answers, ReadOnlySpan<CacheEntry> entries)
    {
        List<CacheFailure> failures = [];
        Exception? fault = null, denied = null;
        int unanswered = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            if (answers[i].IsCompletedSuccessfully)
            {
                if (VersionedWrite.IsLate(answers[i]))
                {
                    failures.Add(new(i, Retryable: false, "Late", "The cache has a later change of the key.") { IsLate = true });
                }

                continue;
            }

            Exception exception = answers[i].Exception?.GetBaseException() ?? new OperationCanceledException("The library gave the entry up.");
            if (RedisError.IsRedirection(exception))
            {
                failures.Add(RedisError.Redirected(i, options, exception));
                continue;
            }

            if (exception is RedisServerException error)
            {
                if (RedisError.IsDenial(error.Message) || RedisError.IsDenialInScript(error.Message))
                {
                    denied ??= entries[i].Version > 0 ? RedisFault.NoVersions(options, error) : RedisFault.Denied(options, error);
                }
                else if (entries[i].Version > 0 && RedisError.IsMissingCommand(error))
                {
                    denied ??= RedisFault.NoScripts(options, error);
                }

                failures.Add(RedisError.ToFailure(i, error.Message));
                continue;
            }
            fault ??= RedisFault.Unanswered(options, exception);
            failures.Add(new(i, Retryable: true, NoAnswer, fault.Message));
            unanswered++;
        }
        // A user may write some keys and not others; one who may write none of them is denied as such.
        if (denied is not null && failures.Count == answers.Length && !failures.Exists(static f => f.IsLate))
        {
            throw denied;
        }

        // If there was any answer, only the entries without one are refused; without any, nothing is known of the call.
        return fault is not null && unanswered == answers.Length ? throw fault : CacheFailures.WithoutSuperseded(failures, entries);
    }
}
