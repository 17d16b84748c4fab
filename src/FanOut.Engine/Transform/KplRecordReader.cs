namespace FanOut.Engine.Transform;

/// <summary>Reads the records of an AggregatedRecord whose fields have been checked and whose key tables have been read.</summary>
internal static class KplRecordReader
{
    /// <summary>Adds every record of the message.</summary>
    /// <param name="message">The AggregatedRecord.</param>
    /// <param name="partitionKeys">Start and end of each partition key in the message.</param>
    /// <param name="hashKeys">Start and end of each explicit hash key in the message.</param>
    /// <param name="into">Where the records are added; on failure some may have been.</param>
    /// <returns>Why the records cannot be read, or null.</returns>
    public static string? ReadAll(
        ReadOnlyMemory<byte> message, ReadOnlySpan<(int Start, int End)> partitionKeys, ReadOnlySpan<(int Start, int End)> hashKeys,
        List<SubRecord> into)
    {
        ReadOnlySpan<byte> bytes = message.Span;
        ProtobufCursor cursor = new(bytes);
        int number = 0;
        while (!cursor.AtEnd)
        {
            cursor.TryTag(out int field, out int wireType);
            if (field != 3)
            {
                cursor.TrySkip(field, wireType);
                continue;
            }
            cursor.TryBytes(out int start, out int end);
            if (!KplFields.TryRead(bytes, start, end, out KplFields record))
            {
                return $"KPL aggregate: record {number} at byte {start} of the protobuf is malformed";
            }

            if (record is not { PartitionKey: { } partitionKey, HasData: true })
            {
                return $"KPL aggregate: record {number} at byte {start} of the protobuf lacks its {(record.HasData ? "partition key" : "data")}";
            }

            if (partitionKey >= (ulong)partitionKeys.Length)
            {
                return $"KPL aggregate: record {number} has partition key {partitionKey} of a table of {partitionKeys.Length}";
            }

            if (record.HashKey >= (ulong)hashKeys.Length)
            {
                return $"KPL aggregate: record {number} has explicit hash key {record.HashKey} of a table of {hashKeys.Length}";
            }

            (int keyStart, int keyEnd) = partitionKeys[(int)partitionKey];
            (int hashStart, int hashEnd) = record.HashKey is { } hashKey ? hashKeys[(int)hashKey] : default;
            into.Add(new(message[keyStart..keyEnd], message[hashStart..hashEnd], message[record.DataStart..record.DataEnd]));
            number++;
        }
        return null;
    }

    /// <summary>The fields of one Record. Of a field that comes more than once the last one counts, as protobuf has it.</summary>
    private struct KplFields
    {
        public ulong? PartitionKey;
        public ulong? HashKey;
        public bool HasData;
        public int DataStart;
        public int DataEnd;

        public static bool TryRead(ReadOnlySpan<byte> message, int start, int end, out KplFields fields)
        {
            fields = default;
            ProtobufCursor cursor = new(message, start, end);
            while (!cursor.AtEnd)
            {
                if (!cursor.TryTag(out int field, out int wireType))
                {
                    return false;
                }

                bool read = (field, wireType) switch
                {
                    (1, ProtobufCursor.Varint) => Set(cursor.TryVarint(out ulong index), index, ref fields.PartitionKey),
                    (2, ProtobufCursor.Varint) => Set(cursor.TryVarint(out ulong index), index, ref fields.HashKey),
                    (3, ProtobufCursor.Bytes) => fields.HasData = cursor.TryBytes(out fields.DataStart, out fields.DataEnd),
                    // Neither the KPL nor the KCL uses tags: their content is not checked.
                    (4, ProtobufCursor.Bytes) => cursor.TryBytes(out _, out _),
                    (1 or 2 or 3 or 4, _) => false,
                    _ => cursor.TrySkip(field, wireType),
                };
                if (!read)
                {
                    return false;
                }
            }
            return true;
        }

        private static bool Set(bool read, ulong value, ref ulong? field)
        {
            field = value;
            return read;
        }
    }
}
