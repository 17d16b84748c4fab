using System.Collections;

namespace FanOut.Engine.Batching;

/// <summary>
/// Which records a mapping needs no more, because its target or its dead letter has them; of aggregates that are settled in part, which of
/// their records.
/// </summary>
/// <remarks>What a filter leaves out is not here: nobody has it, and a filter may be changed.</remarks>
/// <param name="records">How many records there are.</param>
public sealed class SettledRecords(int records)
{
    private readonly BitArray _whole = new(records);

    // An aggregate holds tens of records, at most some thousands.
    private const int FirstParts = 64;

    private BitArray?[]? _parts;

    /// <summary>How many records there are.</summary>
    public int Records => _whole.Length;

    /// <summary>How many of them are settled wholly.</summary>
    public int Count => _whole.Cast<bool>().Count(static b => b);

    /// <summary>Whether nothing is settled.</summary>
    public bool IsEmpty => !_whole.HasAnySet() && _parts is null;

    /// <summary>The records that are settled in part, and which parts; without those that are settled wholly.</summary>
    public IEnumerable<KeyValuePair<int, BitArray>> Parts
    {
        get
        {
            for (int record = 0; record < _parts?.Length; record++)
            {
                if (_parts[record] is { } parts && !_whole[record])
                {
                    yield return new(record, parts);
                }
            }
        }
    }

    /// <summary>Whether a record is settled wholly.</summary>
    public bool Has(int record) => _whole[record];

    /// <summary>Whether a part of a record is settled: by itself, or with the whole record.</summary>
    /// <param name="record">The record's position.</param>
    /// <param name="part">The part's position in it.</param>
    public bool Has(int record, int part) =>
        _whole[record] || (_parts?[record] is { } parts && part < parts.Length && parts[part]);

    /// <summary>A record is settled wholly.</summary>
    public void Add(int record) => _whole[record] = true;

    /// <summary>A part of a record is settled.</summary>
    public void Add(int record, int part)
    {
        _parts ??= new BitArray?[Records];
        BitArray parts = _parts[record] ??= new BitArray(FirstParts);
        if (part >= parts.Length)
        {
            parts.Length = Math.Max(part + 1, 2 * parts.Length);
        }

        parts[part] = true;
    }

    /// <summary>Adds what others say of a record.</summary>
    /// <param name="record">The record's position here.</param>
    /// <param name="others">What they say.</param>
    /// <param name="other">The record's position there.</param>
    internal void Add(int record, SettledRecords others, int other)
    {
        if (others._whole[other])
        {
            _whole[record] = true;
        }
        else if (others._parts?[other] is { } parts)
        {
            for (int part = 0; part < parts.Length; part++)
            {
                if (parts[part])
                {
                    Add(record, part);
                }
            }
        }
    }
}
