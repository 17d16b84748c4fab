using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A cache, Memcached or Redis: sets the record's key to its data; deletes the key of a removed item.</summary>
/// <param name="limits">What the cache takes.</param>
/// <param name="send">Sends entries and returns those that were not taken.</param>
/// <param name="open">Opens connections ahead of the first entries.</param>
/// <param name="connection">The connections, disposed with the target.</param>
internal sealed class CacheTarget(Limits limits, CacheTarget.Sender send, Func<CancellationToken, Task> open, IAsyncDisposable connection) : ITarget
{
    public delegate ValueTask<IReadOnlyList<CacheFailure>> Sender(ReadOnlyMemory<CacheEntry> entries, CancellationToken cancellationToken);

    public delegate Failure? KeyCheck(ReadOnlySpan<byte> key);

    /// <summary>Whether entries carry the time of their change, of which the cache keeps the latest. Default: false.</summary>
    public bool HasVersions { get; init; }

    /// <summary>Why a key cannot be an entry's. Default: null, every key can.</summary>
    public KeyCheck? ProblemOf { get; init; }

    public Limits Limits => limits;

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter => field ??= new SingleItems(Measure, limits);

    /// <summary>Records with the same key must arrive in order, or the cache ends with an old value.</summary>
    public bool IsOrdered => true;

    public CallOrder CallOrder => CallOrder.LastWins;

    /// <summary>Opens connections ahead of the first batch.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        var entries = new CacheEntry[items.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            Payload payload = batch[items.Span[i].First];
            entries[i] = new CacheEntry(payload.Key, payload.IsDelete ? default : payload.Data.Content, payload.IsDelete) { Version = HasVersions ? batch.RankOf(payload.Record) : 0 };
        }

        IReadOnlyList<CacheFailure> failures = await send(entries, cancellationToken).ConfigureAwait(false);
        return failures.Count == 0 ? Receipt.AllTaken : ReceiptOf(failures);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static Receipt ReceiptOf(IReadOnlyList<CacheFailure> failures)
    {
        var failed = new List<ItemFailure>();
        List<int>? late = null;
        foreach (CacheFailure failure in failures)
        {
            if (failure.IsLate)
            {
                (late ??= []).Add(failure.Index);
            }
            else
            {
                failed.Add(failure.Retryable ? ItemFailure.Refused(failure.Index, failure.Code, failure.Reason) : ItemFailure.Rejected(failure.Index, failure.Code, failure.Reason));
            }
        }

        return new Receipt(failed) { Late = late ?? (IReadOnlyList<int>)[] };
    }

    private int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = ProblemOf?.Invoke(payload.Key.Span);
        return payload.Data.Content.Length;
    }
}
