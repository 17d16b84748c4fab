using System.Collections;
using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>How much of each record a target still lacks.</summary>
/// <remarks>Every record is outstanding until all that was made of it is settled. Not thread-safe.</remarks>
internal sealed class Outstanding
{
    private readonly SettledRecords? _before;
    private readonly bool _isFiltered;

    // One, until it is known how many payloads the record has.
    private readonly int[] _open;
    private SettledRecords? _parts;

    // Which records are not to be sent at all. And of which a filter may have left out a part, so that only the parts are known that were sent.
    private BitArray? _unwanted;
    private BitArray? _inParts;

    /// <summary>All that the target has not had before.</summary>
    /// <param name="records">How many records came in.</param>
    /// <param name="before">What an invocation before this one has settled of them; null: nothing.</param>
    /// <param name="isFiltered">Whether the mapping has a filter.</param>
    public Outstanding(int records, SettledRecords? before, bool isFiltered)
    {
        (_before, _isFiltered) = (before, isFiltered);
        _open = new int[records];
        for (int i = 0; i < records; i++)
        {
            _open[i] = before?.Has(i) == true ? 0 : 1;
        }
    }

    /// <summary>How many records came in.</summary>
    public int Records => _open.Length;

    /// <summary>Whether something of a record is outstanding.</summary>
    public bool Has(int record) => _open[record] > 0;

    /// <summary>Counts what a batch makes of its records, be it to be sent or unfit for that.</summary>
    public void Count(TargetBatch batch)
    {
        Payloads payloads = batch.Payloads;
        _open.AsSpan(payloads.First, payloads.End - payloads.First).Clear();
        for (int i = 0; i < batch.Count; i++)
        {
            _open[batch[i].Record]++;
        }

        foreach (Undecodable broken in payloads.Undecodable)
        {
            _open[broken.Record] += batch.Wants(broken.Record) ? 1 : 0;
        }

        foreach ((int position, _) in batch.Failed)
        {
            _open[payloads.Items[position].Record]++;
        }

        NoteWanted(payloads);
    }

    /// <summary>Something of a record is outstanding no more.</summary>
    /// <param name="record">The record's position.</param>
    /// <param name="part">Of an aggregate the position of what is settled; null: it is a whole record.</param>
    public void Settle(int record, int? part)
    {
        _open[record]--;
        if (part is { } position)
        {
            (_parts ??= new SettledRecords(Records)).Add(record, position);
        }
    }

    /// <summary>What the mapping needs no more: what was settled before, and what is now.</summary>
    public SettledRecords Settled()
    {
        var settled = new SettledRecords(Records);
        for (int i = 0; i < Records; i++)
        {
            if (_before is not null)
            {
                settled.Add(i, _before, i);
            }

            if (_parts is not null)
            {
                settled.Add(i, _parts, i);
            }

            if (!Has(i) && _unwanted?[i] != true && _inParts?[i] != true)
            {
                settled.Add(i);
            }
        }

        return settled;
    }

    // Nobody has what a filter leaves out, and a filter may be changed.
    private void NoteWanted(Payloads payloads)
    {
        if (!_isFiltered)
        {
            foreach (int hollow in payloads.Empty)
            {
                (_unwanted ??= new BitArray(Records))[hollow] = true;
            }

            return;
        }

        _unwanted ??= new BitArray(Records);
        _inParts ??= new BitArray(Records);
        for (int i = payloads.First; i < payloads.End; i++)
        {
            _unwanted[i] = true;
        }

        foreach (Payload payload in payloads.Items)
        {
            _unwanted[payload.Record] = false;
            _inParts[payload.Record] |= payload.IsSubRecord;
        }

        foreach (Undecodable broken in payloads.Undecodable)
        {
            _unwanted[broken.Record] = false;
        }
    }
}
