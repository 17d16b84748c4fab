namespace FanOut.LocalCloud.Streams;

/// <summary>An append-only, thread-safe sequence of records that event source mappings read in order.</summary>
/// <param name="id">The shard's id, for example <c>shardId-000000000000</c>.</param>
/// <param name="parentId">The shard that it follows; null, the default, for none.</param>
public sealed class EventShard(string id, string? parentId = null)
{
    private readonly List<ShardRecord> _records = [];
    private readonly object _gate = new();
    private int _trimmed;
    private bool _isClosed;
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The shard's id.</summary>
    public string Id { get; } = id;

    /// <summary>The shard that it follows; null for none.</summary>
    public string? ParentId { get; } = parentId;

    /// <summary>Whether it gets no more records.</summary>
    public bool IsClosed
    {
        get { lock (_gate) { return _isClosed; } }
    }

    /// <summary>How many of its oldest records can no longer be read by calls.</summary>
    public int Trimmed
    {
        get { lock (_gate) { return _trimmed; } }
    }

    /// <summary>How many records the shard holds.</summary>
    public int Count
    {
        get { lock (_gate) { return _records.Count; } }
    }

    /// <summary>Adds a record at the end and wakes those who wait for it.</summary>
    public void Append(ShardRecord record)
    {
        TaskCompletionSource grown;
        lock (_gate)
        {
            _records.Add(record);
            (grown, _grown) = (_grown, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        grown.SetResult();
    }

    /// <summary>Takes away the oldest records from those who read by calls, as if they were too old.</summary>
    /// <param name="count">How many.</param>
    public void Trim(int count)
    {
        lock (_gate)
        {
            _trimmed = Math.Min(_trimmed + count, _records.Count);
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>At most <paramref name="most"/> records from index <paramref name="from"/> on; empty at the shard's end.</summary>
    public IReadOnlyList<ShardRecord> Read(int from, int most)
    {
        lock (_gate)
        {
            return from >= _records.Count ? [] : _records.GetRange(from, Math.Min(most, _records.Count - from));
        }
    }

    /// <summary>Completes as soon as the shard holds more than <paramref name="count"/> records.</summary>
    public Task WaitBeyondAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _records.Count > count ? Task.CompletedTask : WaitAsync(_grown.Task, count, cancellationToken);
        }
    }

    private async Task WaitAsync(Task grown, int count, CancellationToken cancellationToken)
    {
        await grown.WaitAsync(cancellationToken).ConfigureAwait(false);
        await WaitBeyondAsync(count, cancellationToken).ConfigureAwait(false);
    }
}
