using System.Collections;
using System.Runtime.CompilerServices;
using FanOut.Engine.Events;
using FanOut.Engine.Pooling;

namespace FanOut.Engine.Transform;

/// <summary>The changes of tables that records of a Kinesis stream carry, in place of the records: decoded and read one after the other, as payloads are made of them.</summary>
/// <param name="carrier">The records of Kinesis.</param>
/// <param name="first">The position of the first that is read.</param>
/// <param name="arena">Takes what they hold.</param>
internal sealed class ChangeRecords(RecordGroup carrier, int first, Arena arena) : IReadOnlyList<StreamRecord>, IDisposable
{
    private readonly PooledList<StreamRecord> _changes = new(64);
    private readonly PooledList<long> _times = new(64);

    /// <summary>How many records of Kinesis there are, be they read or not.</summary>
    public int Count => carrier.Records.Count;

    /// <summary>How much memory the changes take, besides what they hold.</summary>
    public long Bytes => (_changes.Capacity * (long)Unsafe.SizeOf<StreamRecord>()) + (_times.Capacity * (long)sizeof(long));

    /// <summary>The change of a record that was read.</summary>
    /// <param name="index">The record's position in its group.</param>
    public StreamRecord this[int index] => _changes[index - first];

    /// <summary>The changes, as a group that is like one of a table's own stream.</summary>
    public RecordGroup ToGroup() => new(carrier.SourceArn, SourceKind.DynamoDb, this) { Carrier = carrier };

    /// <summary>When the item of a record that was read was changed, in microseconds since 1970.</summary>
    /// <param name="index">The record's position in its group.</param>
    public long TimeOf(int index) => _times[index - first];

    /// <summary>Reads the next record.</summary>
    public void ReadNext()
    {
        StreamRecord record = carrier.Records[first + _changes.Count];
        long time = 0;
        if (record.Problem is null)
        {
            record = arena.TryDecode(record.Data.Span, isTerminated: false, out ReadOnlyMemory<byte> data)
                ? ReadChange.Of(record, data, out time)
                : record with { Problem = "The record's data is not base64." };
        }

        _changes.Add(record);
        _times.Add(time);
    }

    /// <inheritdoc/>
    public IEnumerator<StreamRecord> GetEnumerator() => ((IEnumerable<StreamRecord>)_changes).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes.Dispose();
        _times.Dispose();
    }
}
