using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Takes the data of Kinesis records apart: aggregates of the Kinesis Producer Library, gzip, and the log events of CloudWatch Logs in it.</summary>
/// <param name="unpack">What is unpacked, besides aggregates.</param>
/// <param name="arena">Takes what is unpacked.</param>
/// <param name="most">How many bytes the gzip of a record may unpack to, and how many its log events may have.</param>
internal sealed class UnpackRecords(Unpack unpack, Arena arena, long most) : IDisposable
{
    /// <summary>The most that is unpacked of a record, whatever memory there is: 64 MB.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    /// <summary>How many bytes are needed besides, so that all of it together has room in a buffer of the pool: those are powers of two.</summary>
    public const long OwnBytes = 64;

    private readonly List<SubRecord> _aggregated = [];
    private readonly Scratch _text = new();
    private readonly LogEvents _events = new(arena);
    private long _unpackedLeft;
    private long _eventsLeft;

    /// <summary>The records that the last one held, in its order.</summary>
    public List<SubRecord> SubRecords { get; } = [];

    /// <summary>Whether the base64 text of a record's data, which is no aggregate, begins so that there may be something to unpack.</summary>
    public bool MayHoldSome(ReadOnlySpan<byte> text) =>
        unpack != Unpack.None && (Gunzip.MayBe(text) || (unpack == Unpack.CloudWatchLogs && BeginsWithBrace(text)));

    /// <summary>Takes a record apart.</summary>
    /// <param name="data">Its data.</param>
    /// <param name="key">Its key.</param>
    /// <param name="isAggregate">Whether it is an aggregate by magic and digest, and is to be unpacked.</param>
    /// <param name="whole">Its data, unpacked where it was packed, if it holds no records.</param>
    /// <param name="fault">Why it is broken; else null.</param>
    public RecordContent Read(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> key, bool isAggregate, out ReadOnlyMemory<byte> whole, out UnpackFault? fault)
    {
        SubRecords.Clear();
        (whole, fault) = (data, null);
        (_unpackedLeft, _eventsLeft) = (most, most);
        return isAggregate ? ReadAggregate(data, out fault)
            : unpack == Unpack.None ? RecordContent.Whole
            : ReadData(data, key, out whole, out fault);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _events.Dispose();
    }

    private RecordContent ReadAggregate(ReadOnlyMemory<byte> data, out UnpackFault? fault)
    {
        List<SubRecord> into = unpack == Unpack.None ? SubRecords : _aggregated;
        into.Clear();
        fault = DeaggregateKpl.ReadAggregate(data, into, out string? reason) == KplOutcome.Broken ? new UnpackFault(Undecodable.Broken, reason!) : null;
        if (fault is not null)
        {
            return RecordContent.Broken;
        }

        for (int i = 0; unpack != Unpack.None && i < _aggregated.Count; i++)
        {
            SubRecord record = _aggregated[i];
            RecordContent content = ReadData(record.Data, record.PartitionKey, out ReadOnlyMemory<byte> whole, out UnpackFault? broken);
            if (content != RecordContent.SubRecords)
            {
                // One that is broken is there all the same, so that it fails by itself.
                SubRecords.Add(record with { Data = whole, Fault = broken });
            }
        }

        return RecordContent.SubRecords;
    }

    private RecordContent ReadData(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> key, out ReadOnlyMemory<byte> whole, out UnpackFault? fault)
    {
        (whole, fault) = (data, null);
        bool isPacked = Gunzip.Is(data.Span);
        if (isPacked)
        {
            fault = Gunzip.Read(data, _text, _unpackedLeft);
            if (fault is not null)
            {
                return RecordContent.Broken;
            }

            _unpackedLeft -= _text.Written.Length;
        }

        ReadOnlySpan<byte> text = isPacked ? _text.Written : data.Span;
        if (unpack == Unpack.CloudWatchLogs && text is [(byte)'{', ..])
        {
            RecordContent content = _events.Read(text, key, SubRecords, ref _eventsLeft, out fault);
            if (content != RecordContent.Whole)
            {
                return content;
            }
        }

        if (isPacked)
        {
            arena.Begin(text.Length);
            arena.Write(text);
            whole = arena.Take();
        }

        return RecordContent.Whole;
    }

    // 0x7B is 011110 and 11 in base64: e, and one of the last sixteen digits.
    private static bool BeginsWithBrace(ReadOnlySpan<byte> text) => text is [(byte)'e', (byte)'w' or (byte)'x' or (byte)'y' or (byte)'z' or (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'/', ..];
}
