using System.Collections;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>What became of a group of records at one target.</summary>
/// <remarks>
/// Every record starts as failed; it leaves that state only on the word of the target, or of the dead letter, for all that was made of it. What is sent of
/// the records may come in several batches, one after the other; none of them is kept here.
/// </remarks>
public sealed class Outcome
{
    private readonly object _gate = new();
    private readonly Outstanding _outstanding;
    private readonly FailureCounts _failures = new();
    private readonly RunningSends _sends = new();

    /// <summary>Nothing was sent yet: what the target lacks is outstanding.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="records">How many records came in.</param>
    /// <param name="before">What an invocation before this one has settled of them; null: nothing.</param>
    public Outcome(Mapping mapping, int records, SettledRecords? before)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        Mapping = mapping;
        Before = before?.Count ?? 0;
        _outstanding = new Outstanding(records, before, mapping.Filter is not null);
    }

    /// <summary>The mapping.</summary>
    public Mapping Mapping { get; }

    /// <summary>How many records came in.</summary>
    public int Records => _outstanding.Records;

    /// <summary>Payloads that the target took.</summary>
    public long Delivered { get; private set; }

    /// <summary>Payloads that the mapping's filter left out: neither sent nor failed.</summary>
    public int Filtered { get; private set; }

    /// <summary>Records that hold nothing to send, so that nothing was: aggregates of the Kinesis Producer Library without records.</summary>
    public int Empty { get; private set; }

    /// <summary>Payloads that were sent again.</summary>
    public long Retried { get; private set; }

    /// <summary>Payloads that the dead letter took.</summary>
    public long DeadLettered { get; private set; }

    /// <summary>Payloads that were not sent any more, because one of their key that follows them was taken, or that an index did not take, because it has a newer version.</summary>
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
    public IReadOnlyDictionary<(FailureClass Class, string Code), (int Count, string Reason)> Failures => _failures.All;

    /// <summary>What was not delivered, each with its own reason.</summary>
    public UndeliveredCollection Undelivered { get; } = new();

    /// <summary>Whether a send that was given up still runs: what it reads must not be used again.</summary>
    public bool IsSending => _sends.Any;

    /// <summary>What is to be delivered by one batch of all records.</summary>
    public static Outcome Of(Mapping mapping, TargetBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var outcome = new Outcome(mapping, batch.Payloads.End, batch.Settled);
        outcome.Expect(batch);
        return outcome;
    }

    /// <summary>No batch could be made: each record that the target still lacks has failed for the same reason.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="records">How many records came in.</param>
    /// <param name="before">What an invocation before this one has settled of them; null: nothing.</param>
    /// <param name="failure">Why.</param>
    public static Outcome WithoutBatch(Mapping mapping, int records, SettledRecords? before, Failure failure)
    {
        var outcome = new Outcome(mapping, records, before);
        outcome.FailRest(failure);
        return outcome;
    }

    /// <summary>How many payloads failed in a class.</summary>
    public int CountOf(FailureClass kind) => _failures.Of(kind);

    /// <summary>Whether a record is not wholly settled: delivered, or taken by the dead letter.</summary>
    public bool IsFailed(int record) => _outstanding.Has(record);

    /// <summary>What the mapping needs no more: what was settled before, and what is now. Asked for when all is over.</summary>
    public SettledRecords Settled() => _outstanding.Settled();

    /// <summary>Some of the records are about to be sent: all that a batch sends of them is outstanding, and what it cannot send has failed already.</summary>
    internal void Expect(TargetBatch batch)
    {
        lock (_gate)
        {
            Filtered += batch.Payloads.Filtered;
            Empty += batch.Payloads.Empty.Count(batch.Wants);
            _outstanding.Count(batch);
            foreach (Undecodable broken in batch.Payloads.Undecodable)
            {
                if (batch.Wants(broken.Record))
                {
                    Fail(broken.Record, null, new Failure(FailureClass.Undecodable, broken.Code, broken.Reason), Attempts.None);
                }
            }

            foreach ((int position, Failure failure) in batch.Failed)
            {
                Fail(batch.Payloads.Items[position], failure, Attempts.None);
            }
        }
    }

    /// <summary>Sending ended by itself: what is neither settled nor has a reason yet has failed for this one.</summary>
    internal void FailRest(Failure failure)
    {
        lock (_gate)
        {
            var told = new BitArray(Records);
            foreach (Undelivered undelivered in Undelivered)
            {
                told[undelivered.Record] = true;
            }

            for (int i = 0; i < Records; i++)
            {
                if (IsFailed(i) && !told[i])
                {
                    Fail(i, null, failure, Attempts.None);
                }
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
                    ref readonly Payload payload = ref batch[item.First + i];
                    _outstanding.Settle(payload.Record, PartOf(payload));
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
            _outstanding.Settle(payload.Record, PartOf(payload));
            Superseded++;
        }
    }

    /// <summary>Items were not delivered. They stay outstanding.</summary>
    internal void Fail(TargetBatch batch, ReadOnlySpan<Item> items, Failure failure, Attempts attempts)
    {
        lock (_gate)
        {
            foreach (ref readonly Item item in items)
            {
                for (int i = 0; i < item.Count; i++)
                {
                    Fail(batch[item.First + i], failure, attempts);
                }
            }
        }
    }

    /// <summary>The dead letter took a payload, or a record that did not become one.</summary>
    internal void Bury(in Undelivered undelivered)
    {
        lock (_gate)
        {
            _outstanding.Settle(undelivered.Record, undelivered.SubSequence);
            DeadLettered++;
        }
    }

    /// <summary>The dead letter failed too; the payloads' own failures are counted already.</summary>
    internal void FailToBury(Failure failure, int count = 1)
    {
        lock (_gate)
        {
            _failures.Add(failure, count);
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
    internal void Watch(Task sending) => _sends.Add(sending);

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

    private static int? PartOf(in Payload payload) => payload.IsSubRecord ? payload.SubSequence : null;

    private void Fail(in Payload payload, Failure failure, Attempts attempts) => Fail(payload.Record, PartOf(payload), failure, attempts);

    private void Fail(int record, int? part, Failure failure, Attempts attempts)
    {
        Undelivered.Add(record, part, failure, attempts);
        _failures.Add(failure);
    }
}
