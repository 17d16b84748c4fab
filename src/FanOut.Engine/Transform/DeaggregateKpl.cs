using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace FanOut.Engine.Transform;

/// <summary>Unpacks records that the Kinesis Producer Library packed into one.</summary>
/// <remarks>
/// <code>
/// aggregate = F3 89 9A C2, AggregatedRecord, MD5 of AggregatedRecord (16 bytes)
/// AggregatedRecord { repeated string partition_key_table = 1; repeated string explicit_hash_key_table = 2; repeated Record records = 3; }
/// Record { required uint64 partition_key_index = 1; optional uint64 explicit_hash_key_index = 2; required bytes data = 3; repeated Tag tags = 4; }
/// </code>
/// <see href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md"/>.
/// </remarks>
public static class DeaggregateKpl
{
    private const int MagicBytes = 4;
    private const int DigestBytes = MD5.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>Reads the user records of an aggregate.</summary>
    /// <param name="data">The data of a Kinesis record.</param>
    /// <param name="into">Where the records are added, in the aggregate's order, when the outcome is <see cref="KplOutcome.Aggregated"/>;
    /// else left as it is.</param>
    /// <param name="reason">Why the aggregate is <see cref="KplOutcome.Broken"/>; else null. Never holds data.</param>
    /// <returns>What the data is. As in the KCL, data whose digest does not match, or with nothing between magic and digest, is plain.</returns>
    public static KplOutcome Read(ReadOnlyMemory<byte> data, List<SubRecord> into, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(into);
        reason = null;
        return IsAggregate(data) ? ReadAggregate(data, into, out reason) : KplOutcome.Plain;
    }

    /// <summary>Whether the base64 text of a record's data begins as that of an aggregate does.</summary>
    /// <remarks>The magic is 84mawg== to 84mawv: the sixth character holds its last two bits and four of the byte that follows.</remarks>
    internal static bool MayBeAggregate(ReadOnlySpan<byte> text) => text.StartsWith("84maw"u8) && text.Length > 5 && text[5] is >= (byte)'g' and <= (byte)'v';

    /// <summary>Whether data is an aggregate by magic and digest.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "A checksum that the format prescribes; nothing is protected by it.")]
    internal static bool IsAggregate(ReadOnlyMemory<byte> data)
    {
        (ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> digest) = Divide(data);
        if (message.IsEmpty)
        {
            return false;
        }

        Span<byte> actual = stackalloc byte[DigestBytes];
        MD5.HashData(message.Span, actual);
        return digest.Span.SequenceEqual(actual);
    }

    /// <summary>Divides what may be an aggregate into its message and the message's digest; both are empty where it is none.</summary>
    internal static (ReadOnlyMemory<byte> Message, ReadOnlyMemory<byte> Digest) Divide(ReadOnlyMemory<byte> data) =>
        data.Length > MagicBytes + DigestBytes && data.Span.StartsWith(Magic) ? (data[MagicBytes..^DigestBytes], data[^DigestBytes..]) : default;

    /// <summary>Reads the user records of an aggregate whose digest is right; else as <see cref="Read"/>.</summary>
    internal static KplOutcome ReadAggregate(ReadOnlyMemory<byte> data, List<SubRecord> into, out string? reason)
    {
        int before = into.Count;
        reason = ReadMessage(data[MagicBytes..^DigestBytes], into);
        if (reason is null)
        {
            return KplOutcome.Aggregated;
        }

        into.RemoveRange(before, into.Count - before);
        return KplOutcome.Broken;
    }

    /// <summary>Goes through the message twice, as protobuf lets a table come after the records that point into it.</summary>
    private static string? ReadMessage(ReadOnlyMemory<byte> message, List<SubRecord> into)
    {
        if (CountFields(message.Span, out int partitionKeys, out int hashKeys, out int records) is { } broken)
        {
            return broken;
        }

        into.EnsureCapacity(into.Count + records);

        (int, int)[] keys = ArrayPool<(int, int)>.Shared.Rent(partitionKeys + hashKeys);
        try
        {
            Span<(int, int)> partitionKeyTable = keys.AsSpan(0, partitionKeys);
            Span<(int, int)> hashKeyTable = keys.AsSpan(partitionKeys, hashKeys);
            return ReadTables(message.Span, partitionKeyTable, hashKeyTable)
                ?? KplRecordReader.ReadAll(message, partitionKeyTable, hashKeyTable, into);
        }
        finally
        {
            ArrayPool<(int, int)>.Shared.Return(keys);
        }
    }

    private static string? CountFields(ReadOnlySpan<byte> message, out int partitionKeys, out int hashKeys, out int records)
    {
        (partitionKeys, hashKeys, records) = (0, 0, 0);
        ProtobufCursor cursor = new(message);
        while (!cursor.AtEnd)
        {
            int at = cursor.Position;
            if (!cursor.TryTag(out int field, out int wireType))
            {
                return Malformed(at);
            }

            if (field is 1 or 2 or 3 && wireType != ProtobufCursor.Bytes)
            {
                return $"KPL aggregate: field {field} at byte {at} of the protobuf has wire type {wireType} instead of 2";
            }

            if (!cursor.TrySkip(field, wireType))
            {
                return Malformed(at);
            }

            partitionKeys += field == 1 ? 1 : 0;
            hashKeys += field == 2 ? 1 : 0;
            records += field == 3 ? 1 : 0;
        }
        return null;
    }

    private static string? ReadTables(ReadOnlySpan<byte> message, Span<(int, int)> partitionKeys, Span<(int, int)> hashKeys)
    {
        ProtobufCursor cursor = new(message);
        int partitionKey = 0, hashKey = 0;
        while (partitionKey < partitionKeys.Length || hashKey < hashKeys.Length)
        {
            cursor.TryTag(out int field, out int wireType);
            if (field is not (1 or 2))
            {
                cursor.TrySkip(field, wireType);
                continue;
            }
            cursor.TryBytes(out int start, out int end);
            // A protobuf string is UTF-8 by definition, and the bodies that keys are written into rely on it.
            if (!Utf8.IsValid(message[start..end]))
            {
                return $"KPL aggregate: the key at byte {start} of the protobuf is not valid UTF-8";
            }

            if (field == 1)
            {
                partitionKeys[partitionKey++] = (start, end);
            }
            else
            {
                hashKeys[hashKey++] = (start, end);
            }
        }
        return null;
    }

    private static string Malformed(int at) => $"KPL aggregate: the protobuf is malformed at byte {at}";
}
