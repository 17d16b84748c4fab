using System.Text;

namespace FanOut.EndToEnd.Engine;

/// <summary>Records of a stream, some of them aggregated by the Kinesis Producer Library, and what they are made of.</summary>
internal static class MixedRecords
{
    /// <summary>The hash key of the last shard.</summary>
    public const string LastHash = "340282366920938463463374607431768211455";

    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    /// <summary>As a producer put them.</summary>
    public static (string Key, byte[] Data)[] Binary { get; } =
    [
        ("plain", "first"u8.ToArray()),
        ("aggregate", Aggregate(("k-0", "0", "second"u8.ToArray()), ("k-1", LastHash, AllBytes), ("clé 😀", null, "é€😀"u8.ToArray()))),
        ("plain", AllBytes),
        ("aggregate", Aggregate(("k-0", null, "fifth"u8.ToArray()), ("k-0", null, "sixth"u8.ToArray()))),
        ("plain", "last"u8.ToArray()),
    ];

    /// <summary>The user records within <see cref="Binary"/>, in order.</summary>
    public static (string Key, byte[] Data)[] BinaryUserRecords { get; } =
    [
        ("plain", "first"u8.ToArray()), ("k-0", "second"u8.ToArray()), ("k-1", AllBytes), ("clé 😀", "é€😀"u8.ToArray()),
        ("plain", AllBytes), ("k-0", "fifth"u8.ToArray()), ("k-0", "sixth"u8.ToArray()), ("plain", "last"u8.ToArray()),
    ];

    /// <summary>JSON user records, the odd ones aggregated in threes with their followers.</summary>
    /// <param name="documents">The user records.</param>
    public static (string Key, byte[] Data)[] OfJson(IReadOnlyList<(string Key, string Json)> documents)
    {
        List<(string, byte[])> records = [];
        for (int i = 0; i < documents.Count;)
        {
            if (i % 2 == 0)
            {
                records.Add((documents[i].Key, Encoding.UTF8.GetBytes(documents[i].Json)));
                i++;
                continue;
            }
            (string Key, string Json)[] three = [.. documents.Skip(i).Take(3)];
            records.Add(("aggregate", Aggregate([.. three.Select(one => (one.Key, (string?)null, Encoding.UTF8.GetBytes(one.Json)))])));
            i += three.Length;
        }
        return [.. records];
    }

    private static byte[] Aggregate(params (string Key, string? HashKey, byte[] Data)[] records)
    {
        KplAggregate aggregate = new();
        foreach (var (key, _, _) in records)
        {
            aggregate.PartitionKey(key);
        }

        foreach (var (_, hashKey, _) in records)
        {
            aggregate.HashKey(hashKey ?? "");
        }

        for (int i = 0; i < records.Length; i++)
        {
            aggregate.Record(i, records[i].HashKey is null ? null : i, records[i].Data);
        }

        return aggregate.Sealed();
    }
}
