using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>What became of a group of records at one target.</summary>
/// <remarks>
/// Every record starts as failed; it leaves that state only on the word of the target, or of the dead letter, for all that was made of it.
/// </remarks>
public sealed class Outcome
{
    private readonly object _gate = new();
    private readonly int[] _open;
    private readonly TargetBatch? _batch;
    private readonly SettledRecords? _before;
    private readonly Dictionary<(FailureClass, string), (int Count, string Reason)> _failures = [];
    private readonly List<Task> _sending = [];
    private List<Undelivered>? _undelivered;
    private bool[]? _takenParts;
    private SettledRecords? _otherParts;

    private Outcome(Mapping mapping, int records, TargetBatch? batch, SettledRecords? before)
    {
        Mapping = mapping;
        _open = new int[records];
        (_batch, _before, Before) = (batch, before, before?.Count ?? 0);
    }

    /// <summary>What is to be delivered by a batch: all that it sends is outstanding, and what it cannot send has failed already.</summary>
    public static Outcome Of(Mapping mapping, TargetBatch batch) => Of(mapping, batch, batch?.Payloads.Group.Records.Count ?? 0);

    /// <summary>The same for a batch whose payloads name other records than those of its group.</summary>
    internal static Outcome Of(Mapping mapping, TargetBatch batch, int records)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var outcome = new Outcome(mapping, records, batch, batch.Settled)
        {
            Filtered = batch.Payloads.Filtered,
            Empty = batch.Payloads.Empty.Count(batch.Wants),
        };
        for (int i = 0; i < batch.Count; i++)
        {
            outcome._open[batch[i].Record]++;
        }

        foreach (Undecodable broken in batch.Payloads.Undecodable)
        {
            if (batch.Wants(broken.Record))
            {
                outcome.FailAtOnce(broken.Record, null, new Failure(FailureClass.Undecodable, broken.Code, broken.Reason));
            }
        }

        foreach ((int payload, Failure failure) in batch.Failed)
        {
            outcome.FailAtOnce(batch.Payloads.All[payload].Record, batch.Payloads.All[payload], failure);
        }

        return outcome;
    }

    /// <summary>No batch could be made: each record that the target still lacks has failed for the same reason.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="records">How many records came in.</param>
    /// <param name="before">What an invocation before this one has settled of them; null: nothing.</param>
    /// <param name="failure">Why.</param>
    public static Outcome WithoutBatch(Mapping mapping, int records, SettledRecords? before, Failure failure)
    {
        var outcome = new Outcome(mapping, records, null, before);
        for (int i = 0; i < records; i++)
        {
            if (before?.Has(i) != true)
            {
                outcome.FailAtOnce(i, null, failure);
            }
        }

        return outcome;
    }

    /// <summary>The mapping.</summary>
    public Mapping Mapping { get; }

    /// <summary>How many records came in.</summary>
    public int Records => _open.Length;

    /// <summary>Payloads that the target took.</summary>
    public long Delivered { get; private set; }

    /// <summary>Payloads that the mapping's filter left out: neither sent nor failed.</summary>
    public int Filtered { get; private init; }

    /// <summary>Records that hold nothing to send, so that nothing was: aggregates of the Kinesis Producer Library without records.</summary>
    public int Empty { get; private init; }

    /// <summary>Payloads that were sent again.</summary>
    public long Retried { get; private set; }

    /// <summary>Payloads that the dead letter took.</summary>
    public long DeadLettered { get; private set; }

    /// <summary>Payloads that were not sent any more, because one of their key that follows them was taken.</summary>
    public long Superseded { get; private set; }

    /// <summary>Records that an invocation before this one has delivered.</summary>
    public int Before { get; }

    /// <summary>Calls to the target.</summary>
    public int Calls { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Why the target is not called for a while, if this batch made it so; else null.</summary>
    public Failure? Opened { get; private set; }

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
    public bool IsFailed(int record) => _open[record] > 0;

    /// <summary>What the mapping needs no more: what was settled before, and what is now. Asked for when all is over.</summary>
    public SettledRecords Settled()
    {
        var settled = new SettledRecords(Records);
        (bool[] isWanted, bool[] isInParts) = LookAtRecords();
        for (int i = 0; i < Records; i++)
        {
            if (_before is not null)
            {
                settled.Add(i, _before, i);
            }

            if (_otherParts is not null)
            {
                settled.Add(i, _otherParts, i);
            }

            if (isWanted[i] && !isInParts[i] && !IsFailed(i))
            {
                settled.Add(i);
            }
        }

        for (int i = 0; _takenParts is not null && i < _takenParts.Length; i++)
        {
            Payload payload = _batch!.Payloads.All[i];
            if (_takenParts[i] && !settled.Has(payload.Record))
            {
                settled.Add(payload.Record, payload.SubSequence);
            }
        }

        return settled;
    }

    /// <summary>Sending ended by itself: what is neither settled nor has a reason yet has failed for this one.</summary>
    internal void FailRest(Failure failure)
    {
        var told = new bool[_open.Length];
        foreach (Undelivered undelivered in Undelivered)
        {
            told[undelivered.Record] = true;
        }

        for (int i = 0; i < told.Length; i++)
        {
            if (IsFailed(i) && !told[i])
            {
                Fail(i, null, failure, Attempts.None);
            }
        }
    }

    /// <summary>Items were taken.</summary>
    internal void Take(TargetBatch batch, ReadOnlySpan<Item> items)
    {
        lock (_gate)
        {
            foreach (ref readonly Item item in items)
            {
                for (int i = 0; i < item.Count; i++)
                {
                    Payload payload = batch[item.First + i];
                    _open[payload.Record]--;
                    if (payload.IsSubRecord)
                    {
                        (_takenParts ??= new bool[batch.Payloads.All.Count])[batch.PositionOf(item.First + i)] = true;
                    }
                }

                Delivered += item.Count;
            }
        }
    }

    /// <summary>A payload has nothing left to say.</summary>
    internal void Supersede(in Payload payload)
    {
        lock (_gate)
        {
            Settle(payload.Record, payload.IsSubRecord ? payload.SubSequence : null);
            Superseded++;
        }
    }

    /// <summary>A payload, or a record that did not become one, was not delivered. It stays outstanding.</summary>
    internal void Fail(int record, int? subSequence, Failure failure, Attempts attempts)
    {
        lock (_gate)
        {
            (_undelivered ??= []).Add(new Undelivered(record, subSequence, failure, attempts));
            CountFailure(failure);
        }
    }

    /// <summary>The dead letter took a payload, or a record that did not become one.</summary>
    internal void Bury(in Undelivered undelivered)
    {
        lock (_gate)
        {
            Settle(undelivered.Record, undelivered.SubSequence);
            DeadLettered++;
        }
    }

    /// <summary>The dead letter failed too; the payload's own failure is counted already.</summary>
    internal void FailToBury(Failure failure)
    {
        lock (_gate)
        {
            CountFailure(failure);
        }
    }

    /// <summary>The target's circuit was opened, as one of several calls at a time finds out.</summary>
    /// <param name="opened">Why; null: it was not, or another call has told already.</param>
    internal void NoteOpened(Failure? opened)
    {
        lock (_gate)
        {
            Opened ??= opened;
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
    internal void CountCall(bool isAgain, ReadOnlySpan<Item> items)
    {
        lock (_gate)
        {
            Calls++;
            for (int i = 0; isAgain && i < items.Length; i++)
            {
                Retried += items[i].Count;
            }
        }
    }

    /// <summary>
    /// Which records were to be sent at all: what a filter leaves out nobody has. And of which it may have left out a part, so that only the parts are
    /// known that were sent.
    /// </summary>
    private (bool[] IsWanted, bool[] IsInParts) LookAtRecords()
    {
        bool[] isWanted = new bool[Records], isInParts = new bool[Records];
        if (_batch is null)
        {
            isWanted.AsSpan().Fill(true);
            return (isWanted, isInParts);
        }

        foreach (Payload payload in _batch.Payloads.All)
        {
            isWanted[payload.Record] = true;
            isInParts[payload.Record] |= payload.IsSubRecord && Mapping.Filter is not null;
        }

        foreach (Undecodable broken in _batch.Payloads.Undecodable)
        {
            isWanted[broken.Record] = true;
        }

        return (isWanted, isInParts);
    }

    private void Settle(int record, int? subSequence)
    {
        _open[record]--;
        if (subSequence is { } part)
        {
            (_otherParts ??= new SettledRecords(Records)).Add(record, part);
        }
    }

    private void FailAtOnce(int record, Payload? payload, Failure failure)
    {
        _open[record]++;
        Fail(record, payload is { IsSubRecord: true } sub ? sub.SubSequence : null, failure, Attempts.None);
    }

    private void CountFailure(Failure failure)
    {
        (FailureClass, string) key = (failure.Class, failure.Code);
        _failures[key] = _failures.TryGetValue(key, out (int Count, string Reason) seen) ? (seen.Count + 1, seen.Reason) : (1, failure.Reason);
    }
}
