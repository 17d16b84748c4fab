using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>What became of a group of records at one target.</summary>
/// <remarks>
/// Every record starts as failed; it leaves that state only on the word of the target, or of the dead letter, for all that was made of it.
/// </remarks>
public sealed class Outcome(Mapping mapping, int records)
{
    private readonly object _gate = new();
    private readonly int[] _open = new int[records];
    private readonly Dictionary<(FailureClass, string), (int Count, string Reason)> _failures = [];
    private readonly List<Task> _sending = [];
    private List<Undelivered>? _undelivered;
    private bool _isPlanned;

    /// <summary>The mapping.</summary>
    public Mapping Mapping { get; } = mapping;

    /// <summary>How many records came in.</summary>
    public int Records => records;

    /// <summary>Payloads that the target took.</summary>
    public long Delivered { get; private set; }

    /// <summary>Payloads that the mapping's filter left out: neither sent nor failed.</summary>
    public int Filtered { get; internal set; }

    /// <summary>Records that hold nothing to send, so that nothing was: aggregates of the Kinesis Producer Library without records.</summary>
    public int Empty { get; internal set; }

    /// <summary>Payloads that were sent again.</summary>
    public long Retried { get; private set; }

    /// <summary>Payloads that the dead letter took.</summary>
    public long DeadLettered { get; private set; }

    /// <summary>Payloads that were not sent any more, because one of their key that follows them was taken.</summary>
    public long Superseded { get; private set; }

    /// <summary>Records that an invocation before this one has delivered.</summary>
    public int Before { get; internal set; }

    /// <summary>Calls to the target.</summary>
    public int Calls { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Why the target is not called for a while, if this batch made it so; else <see langword="null"/>.</summary>
    public Failure? Opened { get; internal set; }

    /// <summary>Payloads that failed, by class and code, with the first reason of each.</summary>
    public IReadOnlyDictionary<(FailureClass Class, string Code), (int Count, string Reason)> Failures => _failures;

    /// <summary>What was not delivered, each with its own reason.</summary>
    public IReadOnlyList<Undelivered> Undelivered => _undelivered ?? (IReadOnlyList<Undelivered>)[];

    /// <summary>Whether a send that was given up still runs: what it reads must not be used again.</summary>
    public bool IsSending
    {
        get
        {
            lock (_gate)
            {
                return _sending.Exists(static s => !s.IsCompleted);
            }
        }
    }

    /// <summary>How many payloads failed in a class.</summary>
    public int CountOf(FailureClass kind) => _failures.Where(f => f.Key.Item1 == kind).Sum(f => f.Value.Count);

    /// <summary>Whether a record is not wholly settled: delivered, or taken by the dead letter.</summary>
    public bool IsFailed(int record) => !_isPlanned || _open[record] > 0;

    /// <summary>Counts a record's payload as outstanding.</summary>
    internal void Open(int record) => _open[record]++;

    /// <summary>Whether it is known what is outstanding.</summary>
    internal bool IsPlanned => _isPlanned;

    /// <summary>From here on a record without outstanding payloads is done.</summary>
    internal void Planned() => _isPlanned = true;

    /// <summary>Nothing could be planned: each record is outstanding by itself.</summary>
    internal void Restart(Func<int, bool> isOutstanding)
    {
        for (int i = 0; i < records; i++)
        {
            _open[i] = isOutstanding(i) ? 1 : 0;
        }

        _isPlanned = true;
    }

    /// <summary>Items were taken.</summary>
    internal void Take(Plan plan, ReadOnlySpan<Item> items)
    {
        lock (_gate)
        {
            foreach (ref readonly Item item in items)
            {
                for (int i = 0; i < item.Count; i++)
                {
                    _open[plan[item.First + i].Record]--;
                }

                Delivered += item.Count;
            }
        }
    }

    /// <summary>A payload has nothing left to say.</summary>
    internal void Supersede(int record)
    {
        lock (_gate)
        {
            _open[record]--;
            Superseded++;
        }
    }

    /// <summary>A payload, or a record that did not become one, was not delivered. It stays outstanding.</summary>
    internal void Fail(int record, Payload? payload, Failure failure, Attempts attempts)
    {
        lock (_gate)
        {
            (_undelivered ??= []).Add(new Undelivered(record, payload, failure, attempts));
            (FailureClass, string) key = (failure.Class, failure.Code);
            _failures[key] = _failures.TryGetValue(key, out (int Count, string Reason) seen) ? (seen.Count + 1, seen.Reason) : (1, failure.Reason);
        }
    }

    /// <summary>The dead letter took a payload.</summary>
    internal void Bury(int record)
    {
        lock (_gate)
        {
            _open[record]--;
            DeadLettered++;
        }
    }

    /// <summary>The dead letter failed too; the payload's own failure is counted already.</summary>
    internal void FailToBury(Failure failure)
    {
        lock (_gate)
        {
            (FailureClass, string) key = (failure.Class, failure.Code);
            _failures[key] = _failures.TryGetValue(key, out (int Count, string Reason) seen) ? (seen.Count + 1, seen.Reason) : (1, failure.Reason);
        }
    }

    /// <summary>Remembers a send until it has ended.</summary>
    internal void Watch(Task sending)
    {
        if (sending.IsCompleted)
        {
            return;
        }

        lock (_gate)
        {
            _sending.RemoveAll(static s => s.IsCompleted);
            _sending.Add(sending);
        }
    }

    /// <summary>A call is made.</summary>
    internal void Call(bool again, ReadOnlySpan<Item> items)
    {
        lock (_gate)
        {
            Calls++;
            for (int i = 0; again && i < items.Length; i++)
            {
                Retried += items[i].Count;
            }
        }
    }
}
