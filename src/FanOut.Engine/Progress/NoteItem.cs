using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Progress;

/// <summary>Writes notes as items of the table, and reads them.</summary>
/// <remarks>
/// <code>
/// sourceArn, id  see NoteKeys
/// lowest         the lowest sequence number of the records, as it stands in range keys
/// version        changes with each writing
/// expires        when DynamoDB may delete it, seconds since 1970
/// records        their digests, 8 bytes each, little endian
/// open           which of them may come again, a bit each
/// settled        [{"mappings":["id#digest",…],"records":a bit each,"parts":see below},…]: mappings that are equally far, as healthy ones are, share an entry
/// parts          of each record that is settled in part: position (2 bytes) | bytes of bits (2 bytes) | a bit for each of its records
/// </code>
/// </remarks>
internal static class NoteItem
{
    public const string Lowest = "lowest", Version = "version", Expires = "expires";

    private const string Records = "records", Open = "open", Settled = "settled", Mappings = "mappings", Parts = "parts";

    // Names, types and lengths of an item's or an entry's attributes, generously: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    private const int Overhead = 512, EntryOverhead = 64;

    /// <summary>An item's size in bytes is at most this.</summary>
    public static int SizeOf(Note note)
    {
        int size = Overhead + (note.Records.Length * sizeof(ulong)) + Bytes(note.Records.Length);
        foreach (IGrouping<string, (string Name, byte[] Whole, byte[] Parts)> same in Entries(note))
        {
            size += EntryOverhead + same.First().Whole.Length + same.First().Parts.Length + same.Sum(static s => (3 * s.Name.Length) + 4);
        }

        return size;
    }

    /// <summary>Writes a note.</summary>
    /// <param name="note">The note.</param>
    /// <param name="hash">The hash key.</param>
    /// <param name="version">The mark of this writing.</param>
    public static Dictionary<string, AttributeValue> Write(Note note, string hash, string version)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            [MappingAttributes.SourceArn] = new(hash),
            [MappingAttributes.Id] = new(note.Key),
            [Version] = new(version),
            [Expires] = new() { N = note.Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
            [Records] = Binary(Write(note.Records)),
            [Open] = Binary(Write(note.Open)),
            [Settled] = new()
            {
                L = [.. Entries(note).Select(static same => new AttributeValue
                {
                    M = new()
                    {
                        [Mappings] = new() { L = [.. same.Select(static s => new AttributeValue(s.Name))] },
                        [Records] = Binary(same.First().Whole),
                        [Parts] = Binary(same.First().Parts),
                    },
                })],
            },
        };
        if (note.Lowest is { } lowest)
        {
            item[Lowest] = new AttributeValue(lowest);
        }

        return item;
    }

    /// <summary>Reads a note; what is not understood, or has expired, says nothing.</summary>
    public static Note Read(Dictionary<string, AttributeValue> item, DateTimeOffset now)
    {
        string key = item.GetValueOrDefault(MappingAttributes.Id)?.S ?? "";
        string? version = item.GetValueOrDefault(Version)?.S;
        DateTimeOffset expires = long.TryParse(item.GetValueOrDefault(Expires)?.N, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : default;
        ulong[] records = expires > now ? ReadDigests(BytesOf(item.GetValueOrDefault(Records))) : [];
        var note = new Note(key, records) { Lowest = item.GetValueOrDefault(Lowest)?.S, Version = version, Expires = expires };
        Each(BytesOf(item.GetValueOrDefault(Open)), records.Length, i => note.Open[i] = true);
        foreach (AttributeValue entry in item.GetValueOrDefault(Settled)?.L ?? [])
        {
            foreach (AttributeValue mapping in entry.M?.GetValueOrDefault(Mappings)?.L ?? [])
            {
                SettledRecords settled = note.Of(mapping.S ?? "");
                Each(BytesOf(entry.M!.GetValueOrDefault(Records)), records.Length, settled.Add);
                ReadParts(BytesOf(entry.M!.GetValueOrDefault(Parts)), settled);
            }
        }

        return note;
    }

    private static IEnumerable<IGrouping<string, (string Name, byte[] Whole, byte[] Parts)>> Entries(Note note) => note.Settled
        .Where(static s => !s.Value.IsEmpty)
        .OrderBy(static s => s.Key, StringComparer.Ordinal)
        .Select(static s => (s.Key, Whole: WriteWhole(s.Value), Parts: WriteParts(s.Value)))
        .GroupBy(static s => $"{Convert.ToBase64String(s.Whole)}:{Convert.ToBase64String(s.Parts)}", StringComparer.Ordinal);

    private static byte[] Write(ulong[] records)
    {
        byte[] bytes = new byte[records.Length * sizeof(ulong)];
        for (int i = 0; i < records.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), records[i]);
        }

        return bytes;
    }

    private static ulong[] ReadDigests(ReadOnlySpan<byte> bytes)
    {
        ulong[] records = new ulong[bytes.Length / sizeof(ulong)];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        }

        return records;
    }

    private static byte[] Write(BitArray bits)
    {
        byte[] bytes = new byte[Bytes(bits.Length)];
        bits.CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] WriteWhole(SettledRecords settled)
    {
        byte[] bytes = new byte[Bytes(settled.Records)];
        for (int i = 0; i < settled.Records; i++)
        {
            bytes[i / 8] |= (byte)(settled.Has(i) ? 1 << (i % 8) : 0);
        }

        return bytes;
    }

    private static byte[] WriteParts(SettledRecords settled)
    {
        var all = new List<byte>();
        Span<byte> head = stackalloc byte[4];
        foreach ((int record, BitArray parts) in settled.Parts)
        {
            ReadOnlySpan<byte> bits = Write(parts).AsSpan().TrimEnd((byte)0);
            if (bits.Length <= ushort.MaxValue && record <= ushort.MaxValue)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)record);
                BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)bits.Length);
                all.AddRange(head);
                all.AddRange(bits);
            }
        }

        return [.. all];
    }

    private static void ReadParts(ReadOnlySpan<byte> bytes, SettledRecords settled)
    {
        while (bytes.Length >= 4)
        {
            int record = BinaryPrimitives.ReadUInt16LittleEndian(bytes), length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            bytes = bytes[4..];
            if (record >= settled.Records || length > bytes.Length)
            {
                return;
            }

            Each(bytes[..length], length * 8, part => settled.Add(record, part));
            bytes = bytes[length..];
        }
    }

    private static void Each(ReadOnlySpan<byte> bits, int count, Action<int> set)
    {
        for (int i = 0; i < count && i / 8 < bits.Length; i++)
        {
            if ((bits[i / 8] & (1 << (i % 8))) != 0)
            {
                set(i);
            }
        }
    }

    private static AttributeValue Binary(byte[] bytes) => new() { B = new MemoryStream(bytes) };

    private static byte[] BytesOf(AttributeValue? value) => value?.B?.ToArray() ?? [];

    private static int Bytes(int bits) => (bits + 7) / 8;
}
