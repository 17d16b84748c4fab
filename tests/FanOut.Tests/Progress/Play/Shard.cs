using System.Globalization;
using System.Numerics;
using System.Text;

namespace FanOut.Tests.Progress.Play;

/// <summary>One shard of a stream.</summary>
internal sealed class Shard
{
    private readonly Records _kind;
    private readonly string[] _json;
    private readonly BigInteger _first;
    private readonly Dictionary<string, int> _numbers = [];

    public Shard(Records kind, int count, int keys, bool areKeysMixed, DateTimeOffset begin, Random random)
    {
        (_kind, Count) = (kind, count);

        // Numbers of 21 and of 22 digits, or of 56: they sort as numbers, not as text.
        _first = kind == Records.Changes ? BigInteger.Pow(10, 21) - (count / 2) : BigInteger.Parse("49590338271490256608559692538361571095921570000000000000", CultureInfo.InvariantCulture);
        Keys = [.. Enumerable.Range(0, count).Select(_ => $"k{random.Next(keys)}")];
        Arrivals = new DateTimeOffset[count];
        Parts = new string[count][];
        _json = new string[count];
        for (int i = 0; i < count; i++)
        {
            Arrivals[i] = i == 0 ? begin : Arrivals[i - 1] + TimeSpan.FromMilliseconds(random.Next(400));
            int parts = kind is Records.Aggregates or Records.LogEvents && random.Next(3) > 0 ? random.Next(1, 5) : 0;
            Parts[i] = [.. Enumerable.Range(0, parts).Select(_ => areKeysMixed ? $"k{random.Next(keys)}" : Keys[i])];
            _numbers.Add(SequenceNumber(i), i);
            _json[i] = Json(i);
        }
    }

    public int Count { get; }

    /// <summary>The source's ARN.</summary>
    public string Arn => _kind == Records.Changes ? LambdaEvent.Table : LambdaEvent.Stream;

    /// <summary>Whether the records are changes of a table that a Kinesis stream carries.</summary>
    public bool IsCarried => _kind == Records.Carried;

    /// <summary>Each record's key.</summary>
    public string[] Keys { get; }

    /// <summary>The keys of the records in each aggregate; empty: it is none.</summary>
    public string[][] Parts { get; }

    /// <summary>When each record came.</summary>
    public DateTimeOffset[] Arrivals { get; }

    /// <summary>The names of a record, or of the records in it, each with its key.</summary>
    public IEnumerable<(string Name, string Key)> NamesOf(int record) => Parts[record].Length == 0
        ? [($"{record}", Keys[record])]
        : Parts[record].Select((key, part) => ($"{record}.{part}", key));

    /// <summary>Whether the filter of targets that have one wants a record.</summary>
    public static bool IsWanted(int record) => record % 3 != 2;

    /// <summary>The filter.</summary>
    public string Filter => _kind is Records.Changes or Records.Carried ? """{"dynamodb":{"NewImage":{"third":{"N":["0","1"]}}}}""" : """{"data":{"third":[0,1]}}""";

    public int NumberOf(string sequenceNumber) => _numbers[sequenceNumber];

    public byte[] Event(IReadOnlyList<int> records) => LambdaEvent.Of([.. records.Select(r => _json[r])]);

    private string SequenceNumber(int record) => (_first + record).ToString(CultureInfo.InvariantCulture);

    private string Json(int record)
    {
        if (_kind == Records.Carried)
        {
            string change = LambdaEvent.Change(
                "MODIFY", $$$"""{"k":{"S":"{{{Keys[record]}}}"}}""", $$$"""{"third":{"N":"{{{record % 3}}}"}}""", null, Arrivals[record].ToUnixTimeMilliseconds() * 1_000);
            return LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(change), Keys[record], SequenceNumber(record), arrived: Arrivals[record]);
        }

        if (_kind == Records.Changes)
        {
            return LambdaEvent.Dynamo(
                "MODIFY", $$$"""{"k":{"S":"{{{Keys[record]}}}"}}""", $$$"""{"third":{"N":"{{{record % 3}}}"}}""", null, SequenceNumber(record),
                changed: Arrivals[record]);
        }

        byte[] data = Encoding.UTF8.GetBytes($"{{\"third\":{record % 3}}}");
        if (Parts[record].Length > 0 && _kind == Records.LogEvents)
        {
            data = Gzip.Of(Gzip.LogEvents(Parts[record].Select(key => $"\"id\":\"{key}\",\"third\":{record % 3}")));
        }
        else if (Parts[record].Length > 0)
        {
            var aggregate = new KplAggregate();
            Array.ForEach(Parts[record], key => aggregate.PartitionKey(key));
            for (int part = 0; part < Parts[record].Length; part++)
            {
                aggregate.Record(part, null, data);
            }

            data = aggregate.Sealed();
        }

        return LambdaEvent.Kinesis(data, Keys[record], SequenceNumber(record), arrived: Arrivals[record]);
    }
}
