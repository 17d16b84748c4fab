using System.Globalization;
using System.Text;

namespace FanOut.Benchmarks;

/// <summary>Events as Lambda lays them out, without blanks: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, with-ddb.html</summary>
internal static class Samples
{
    /// <summary>The stream of the records of Kinesis.</summary>
    public const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/in";

    /// <summary>The stream of the table.</summary>
    public const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    /// <summary>An event of records of Kinesis, which hold JSON.</summary>
    /// <param name="records">How many.</param>
    /// <param name="size">How many bytes of data each has.</param>
    /// <param name="arn">The stream.</param>
    /// <param name="arrived">When they came to the stream; null: long ago.</param>
    public static byte[] Kinesis(int records, int size, string arn = Stream, DateTimeOffset? arrived = null) =>
        Event(records, i => Record(i, Data(i, size), arn, arrived));

    /// <summary>An event of records of Kinesis that hold orders: JSON of 1 KB in some thirty fields, as applications write it.</summary>
    /// <param name="records">How many.</param>
    public static byte[] Orders(int records) => Event(records, i => Record(i, Encoding.ASCII.GetBytes(Order(i)), Stream, null));

    /// <summary>An event of aggregates of the Kinesis Producer Library.</summary>
    /// <param name="aggregates">How many.</param>
    /// <param name="each">How many records each holds.</param>
    /// <param name="size">How many bytes of data each of these has.</param>
    public static byte[] Aggregates(int aggregates, int each, int size) => Event(aggregates, i => Record(i, Aggregate(i * each, each, size), Stream, null));

    /// <summary>An aggregate of the Kinesis Producer Library.</summary>
    /// <param name="first">The number of its first record.</param>
    /// <param name="records">How many it holds.</param>
    /// <param name="size">How many bytes of data each has.</param>
    public static byte[] Aggregate(int first, int records, int size)
    {
        const int Keys = 16;
        KplAggregate aggregate = new();
        for (int i = 0; i < Keys; i++)
        {
            aggregate.PartitionKey(Key(i));
        }

        for (int i = 0; i < records; i++)
        {
            aggregate.Record(i % Keys, null, Data(first + i, size));
        }

        return aggregate.Sealed();
    }

    /// <summary>An event of changes of a table, with both images.</summary>
    /// <param name="records">How many.</param>
    /// <param name="text">How many bytes of text each image has besides its other attributes.</param>
    public static byte[] Dynamo(int records, int text) => Event(records, i => Text($$$$"""
        {"eventID":"{{{{i:x32}}}}","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1767225600,"Keys":{"pk":{"S":"item-{{{{i}}}}"}},"NewImage":{{{{Image(i, text)}}}},"OldImage":{{{{Image(i, text)}}}},"SequenceNumber":"{{{{i + 100_000_000}}}}","SizeBytes":{{{{2 * text}}}},"StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":"{{{{Table}}}}"}
        """));

    /// <summary>An item in DynamoDB's JSON.</summary>
    /// <param name="number">The item's number.</param>
    /// <param name="text">How many bytes of text it has besides its other attributes.</param>
    public static string Image(int number, int text) => Text($$$$"""
        {"pk":{"S":"item-{{{{number}}}}"},"price":{"N":"12.50"},"tags":{"SS":["a","b"]},"doc":{"M":{"x":{"L":[{"N":"{{{{number}}}}"},{"NULL":true},{"BOOL":false}]}}},"text":{"S":"{{{{new string('d', text)}}}}"}}
        """);

    private static byte[] Data(int number, int size)
    {
        string start = Text($$"""{"id":"{{number}}","user":"u{{number % 97}}","amount":{{number % 1000}}.25,"note":" """).TrimEnd(), end = "\"}";
        return Encoding.ASCII.GetBytes(start + new string((char)('a' + (number % 26)), Math.Max(0, size - start.Length - end.Length)) + end);
    }

    private static string Order(int number) => Text($$$"""
        {"id":"{{{number}}}","type":"order.placed","version":3,"time":"2026-01-01T00:00:00.123Z","tenant":"t{{{number % 7}}}","trace":"4bf92f3577b34da6a3ce929d0e0e4736","customer":{"id":"c-{{{number % 97}}}","name":"Customer {{{number % 97}}}","email":"customer{{{number % 97}}}@example.com","address":{"street":"12 Long Street","city":"Springfield","zip":"12345","country":"{{{(number % 2 == 0 ? "DE" : "US")}}}"},"since":2019,"vip":{{{(number % 10 == 0 ? "true" : "false")}}}},"items":[{"sku":"A-100","name":"Widget, large","quantity":2,"price":12.50,"tags":["new","blue"]},{"sku":"B-{{{number % 31}}}","name":"Gadget","quantity":1,"price":99.00,"tags":[]},{"sku":"C-7","name":"Spare part for the gadget","quantity":{{{1 + (number % 5)}}},"price":3.25,"tags":["spare"]}],"payment":{"method":"card","last4":"4242","authorized":true,"risk":{"score":0.{{{number % 10}}},"rules":["velocity","country"]}},"shipping":{"method":"express","cost":7.90,"estimated":"2026-01-03"},"total":{{{number % 1000}}}.25,"currency":"EUR","channel":"web","coupon":null,"note":"Please leave the parcel at the back door, thank you."}
        """);

    private static string Record(int number, byte[] data, string arn, DateTimeOffset? arrived) => Text($$$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"{{{Key(number % 997)}}}","sequenceNumber":"{{{Number(number)}}}","data":"{{{Convert.ToBase64String(data)}}}","approximateArrivalTimestamp":{{{(arrived?.ToUnixTimeMilliseconds() ?? 1767225600123) / 1000m}}}},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:{{{Number(number)}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/fanout","awsRegion":"us-east-1","eventSourceARN":"{{{arn}}}"}
        """);

    private static byte[] Event(int records, Func<int, string> record) => Encoding.ASCII.GetBytes($$"""{"Records":[{{string.Join(',', Enumerable.Range(0, records).Select(record))}}]}""");

    private static string Key(int number) => Text($"key-{number}");

    private static string Number(int number) => Text($"4959033827149025660855969253836157109592157{number:D13}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
