using System.Buffers;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Kinesis;

/// <summary>The records of a PutRecords call. Calls to several streams may share them: they are written into a body, and hashed, once for all.</summary>
/// <remarks>To be disposed of when no call reads them any more. Thread-safe, once all were added.</remarks>
public sealed class PutRecordsEntries : IDisposable
{
    // The names of members as CBOR has them, behind the heads of what they begin.
    private static readonly byte[] OneOf = [0xA2, 0x64, .. "Data"u8], OneWithHash = [0xA3, 0x64, .. "Data"u8];

    // What a record takes in a body besides its data and keys.
    private const int Frame = 60;

    private readonly object _gate = new();
    private PutRecordsRequestEntry[] _entries;
    private BodyBeginning? _cbor;
    private BodyBeginning? _json;
    private bool _isNoCbor;

    /// <summary>No records yet.</summary>
    /// <param name="capacity">How many are added at most.</param>
    public PutRecordsEntries(int capacity) => _entries = ArrayPool<PutRecordsRequestEntry>.Shared.Rent(capacity);

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    private ReadOnlySpan<PutRecordsRequestEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Some records.</summary>
    public static PutRecordsEntries Of(params ReadOnlySpan<PutRecordsRequestEntry> records)
    {
        var entries = new PutRecordsEntries(records.Length);
        foreach (ref readonly PutRecordsRequestEntry record in records)
        {
            entries.Add(record);
        }

        return entries;
    }

    /// <summary>Adds a record.</summary>
    public void Add(in PutRecordsRequestEntry record) => _entries[Count++] = record;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _cbor?.Dispose();
            _json?.Dispose();
            if (_entries.Length > 0)
            {
                // What lies in the pool must keep nothing alive.
                _entries.AsSpan(0, Count).Clear();
                ArrayPool<PutRecordsRequestEntry>.Shared.Return(_entries);
            }

            (_entries, Count) = ([], 0);
        }
    }

    /// <summary>The beginning of a body in CBOR: a map of two whose first member they are. Null: the text of a record is not base64.</summary>
    internal BodyBeginning? InCbor()
    {
        lock (_gate)
        {
            if (_cbor is null && !_isNoCbor)
            {
                var body = new RequestBody(CborSize());
                _isNoCbor = !TryWriteCbor(body);
                _cbor = new BodyBeginning(body);
            }

            return _isNoCbor ? null : _cbor;
        }
    }

    /// <summary>The beginning of a body in JSON: an object whose first member they are.</summary>
    internal BodyBeginning InJson()
    {
        lock (_gate)
        {
            if (_json is null)
            {
                var body = new RequestBody(JsonSize());
                WriteJson(body);
                _json = new BodyBeginning(body);
            }

            return _json;
        }
    }

    // {"Records":[{"Data":h'…',"PartitionKey":"…","ExplicitHashKey":"…"},…]
    private bool TryWriteCbor(RequestBody body)
    {
        body.WriteCborHead(CborType.Map, 2);
        body.WriteCborText("Records"u8);
        body.WriteCborHead(CborType.Array, Count);
        foreach (ref readonly PutRecordsRequestEntry entry in Entries)
        {
            body.Write(entry.ExplicitHashKey.IsEmpty ? OneOf : OneWithHash);
            if (!body.TryWriteCborBytes(entry.Data))
            {
                // In JSON it goes out as it is, and Kinesis says what it thinks of it.
                return false;
            }

            body.WriteCborText("PartitionKey"u8);
            body.WriteCborText(entry.PartitionKey.Span);
            if (!entry.ExplicitHashKey.IsEmpty)
            {
                body.WriteCborText("ExplicitHashKey"u8);
                body.WriteCborText(entry.ExplicitHashKey.Span);
            }
        }

        return true;
    }

    private int CborSize()
    {
        int size = Frame;
        foreach (ref readonly PutRecordsRequestEntry entry in Entries)
        {
            size += entry.Data.Length + entry.PartitionKey.Length + entry.ExplicitHashKey.Length + Frame;
        }

        return size;
    }

    // {"Records":[{"Data":"base64","PartitionKey":"…","ExplicitHashKey":"…"},…]
    private void WriteJson(RequestBody body)
    {
        body.Write("{\"Records\":["u8);
        bool first = true;
        foreach (ref readonly PutRecordsRequestEntry entry in Entries)
        {
            body.Write(first ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
            first = false;
            body.WriteBase64(entry.Data);
            body.Write("\",\"PartitionKey\":"u8);
            body.WriteJsonString(entry.PartitionKey.Span);
            if (!entry.ExplicitHashKey.IsEmpty)
            {
                body.Write(",\"ExplicitHashKey\":"u8);
                body.WriteJsonString(entry.ExplicitHashKey.Span);
            }

            body.Write("}"u8);
        }

        body.Write("]"u8);
    }

    private int JsonSize()
    {
        int size = Frame;
        foreach (ref readonly PutRecordsRequestEntry entry in Entries)
        {
            size += entry.Data.Base64Length + entry.PartitionKey.Length + entry.ExplicitHashKey.Length + Frame;
        }

        return size;
    }
}
