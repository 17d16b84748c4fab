using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Delivery;

/// <summary>What became of a group of records at one target.</summary>
/// <remarks>Every record starts as failed; it leaves that state only on the target's word for all that was made of it.</remarks>
public sealed class Outcome(Mapping mapping, int records)
{
    private readonly object _gate = new();
    private readonly int[] _open = new int[records];
    private readonly Dictionary<(FailureClass, string), (int Count, string Reason)> _failures = [];
    private readonly bool[] _failed = new bool[records];
    private readonly List<Task> _sending = [];
    private bool _isPlanned;

    /// <summary>The mapping.</summary>
    public Mapping Mapping { get; } = mapping;

    /// <summary>How many records came in.</summary>
    public int Records => records;

    /// <summary>Payloads that the target took.</summary>
    public long Delivered { get; private set; }

    /// <summary>Payloads that the mapping's filter left out: neither sent nor failed.</summary>
    public int Filtered { get; internal set; }

    /// <summary>Payloads that were sent again.</summary>
    public long Retried { get; private set; }

    /// <summary>Calls to the target.</summary>
    public int Calls { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Payloads that failed, by class and code, with the first reason of each.</summary>
    public IReadOnlyDictionary<(FailureClass Class, string Code), (int Count, string Reason)> Failures => _failures;

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

    /// <summary>Whether a record is not wholly delivered.</summary>
    public bool IsFailed(int record) => !_isPlanned || _failed[record] || _open[record] > 0;

    /// <summary>Counts a record's payload as outstanding.</summary>
    internal void Open(int record) => _open[record]++;

    /// <summary>From here on a record without outstanding payloads is done.</summary>
    internal void Planned() => _isPlanned = true;

    /// <summary>A payload was taken.</summary>
    internal void Take(int record)
    {
        lock (_gate)
        {
            _open[record]--;
            Delivered++;
        }
    }

    /// <summary>A payload, or a whole record, failed.</summary>
    internal void Fail(int record, Failure failure)
    {
        lock (_gate)
        {
            _failed[record] = true;
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
    internal void Call(bool again, int payloads)
    {
        lock (_gate)
        {
            Calls++;
            Retried += again ? payloads : 0;
        }
    }
}
