using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FanOut.LocalCloud;

/// <summary>An append-only, thread-safe list of what happened; enumerating it gives the entries at that moment.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "A journal is what it is; a collection is only how it is read.")]
public sealed class Journal<T> : IReadOnlyCollection<T>
{
    private readonly object _gate = new();
    private List<T> _entries = [];
    private TaskCompletionSource? _grown;

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get { lock (_gate) { return _entries.Count; } }
    }

    /// <summary>The entries at this moment, oldest first.</summary>
    public IReadOnlyList<T> Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries = [];
        }
    }

    /// <summary>Completes as soon as there are at least <paramref name="count"/> entries.</summary>
    public Task WaitForAsync(int count, CancellationToken cancellationToken) => WaitForAsync(journal => journal.Count >= count, cancellationToken);

    /// <summary>Completes as soon as <paramref name="condition"/> holds; it is evaluated again after every entry.</summary>
    public async Task WaitForAsync(Func<Journal<T>, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                grown = (_grown ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (condition(this))
            {
                return;
            }

            await grown.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(T entry)
    {
        TaskCompletionSource? grown;
        lock (_gate)
        {
            _entries.Add(entry);
            (grown, _grown) = (_grown, null);
        }

        grown?.SetResult();
    }
}
