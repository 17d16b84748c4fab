using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace FanOut.EndToEnd.Memory;

/// <summary>An event of as many bytes as Lambda hands over: 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).</summary>
/// <param name="Json">The event.</param>
/// <param name="Records">How many records are to be delivered of it: of aggregates those within.</param>
internal sealed record LargeEvent(byte[] Json, int Records)
{
    private const int MostBytes = 6 * 1024 * 1024;

    // An event source mapping asks for no more records at a time.
    private const int MostRecords = 10_000;

    private const string Frame = """{"Records":[]}""";

    /// <summary>Records of Kinesis.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="dataBytes">How many bytes of JSON each has.</param>
    /// <param name="first">The number of the first.</param>
    public static LargeEvent Kinesis(string source, int dataBytes, int first) =>
        Of(i => Record(source, first + i, Data(first + i, dataBytes)), perRecord: 1);

    /// <summary>Aggregates of the Kinesis Producer Library.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="dataBytes">How many bytes of JSON each record within has.</param>
    /// <param name="perAggregate">How many an aggregate holds.</param>
    /// <param name="first">The number of the first aggregate.</param>
    public static LargeEvent Aggregates(string source, int dataBytes, int perAggregate, int first) =>
        Of(i => Record(source, first + i, Aggregate(first + i, dataBytes, perAggregate)), perAggregate);

    /// <summary>Messages of CloudWatch Logs, packed.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="messageBytes">How many characters each log event's message has.</param>
    /// <param name="perMessage">How many log events a message holds.</param>
    /// <param name="first">The number of the first message.</param>
    public static LargeEvent Logs(string source, int messageBytes, int perMessage, int first) => Of(i => Record(source, first + i, Log(first + i, messageBytes, perMessage)), perMessage);

    /// <summary>A few records of gzip that unpack to as much as they may, and to a byte more.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="bytes">How much they may unpack to.</param>
    /// <param name="count">How many of each.</param>
    public static LargeEvent Bombs(string source, int bytes, int count) => new(
        LambdaEvent.Of([.. Enumerable.Range(0, 2 * count).Select(i => Record(source, i, Gzip.Of(Data(i, bytes + (i % 2)), CompressionLevel.Optimal)))]), 2 * count);

    /// <summary>Changes of a table, with both images.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="textBytes">How many bytes of text each image has besides its other attributes.</param>
    /// <param name="first">The number of the first.</param>
    public static LargeEvent Dynamo(string source, int textBytes, int first) => Of(i => Change(source, first + i, textBytes), perRecord: 1);

    /// <summary>The same through Kinesis, each of them later than the one before.</summary>
    /// <param name="source">The stream's ARN.</param>
    /// <param name="textBytes">How many bytes of text each image has besides its other attributes.</param>
    /// <param name="first">The number of the first.</param>
    public static LargeEvent Changes(string source, int textBytes, int first) =>
        Of(i => Record(source, first + i, Encoding.ASCII.GetBytes(LambdaEvent.Change("MODIFY", $$$"""{"pk":{"S":"item-{{{first + i}}}"}}""", Image(first + i, textBytes), Image(first + i, textBytes), 1_720_740_233_012_995 + first + i))), perRecord: 1);

    private static LargeEvent Of(Func<int, string> record, int perRecord)
    {
        var json = new StringBuilder("{\"Records\":[", MostBytes);
        int count = 0;
        for (string next = record(0); json.Length + next.Length + Frame.Length <= MostBytes && count < MostRecords; next = record(++count))
        {
            json.Append(count == 0 ? "" : ",").Append(next);
        }

        return new LargeEvent(Encoding.ASCII.GetBytes(json.Append("]}").ToString()), count * perRecord);
    }

    private static string Record(string source, int number, byte[] data) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"key-{{{number % 997}}}","sequenceNumber":"{{{Number(number)}}}","data":"{{{Convert.ToBase64String(data)}}}","approximateArrivalTimestamp":1767225600.123},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:{{{Number(number)}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/fanout","awsRegion":"us-east-1","eventSourceARN":"{{{source}}}"}
        """);

    private static string Image(int number, int textBytes) => string.Create(CultureInfo.InvariantCulture, $$$$"""
        {"pk":{"S":"item-{{{{number}}}}"},"price":{"N":"12.50"},"tags":{"SS":["a","b"]},"doc":{"M":{"x":{"L":[{"N":"{{{{number}}}}"},{"NULL":true},{"BOOL":false}]}}},"text":{"S":"{{{{new string('d', textBytes)}}}}"}}
        """);

    private static string Change(string source, int number, int textBytes)
    {
        string image = Image(number, textBytes);
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"eventID":"{{{number:x32}}}","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1767225600,"Keys":{"pk":{"S":"item-{{{number}}}"}},"NewImage":{{{image}}},"OldImage":{{{image}}},"SequenceNumber":"{{{number + 100_000_000}}}","SizeBytes":{{{textBytes}}},"StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":"{{{source}}}"}
            """);
    }

    private static byte[] Aggregate(int number, int dataBytes, int count)
    {
        KplAggregate aggregate = new();
        for (int key = 0; key < 20; key++)
        {
            aggregate.PartitionKey(string.Create(CultureInfo.InvariantCulture, $"key-{number}-{key}"));
        }

        for (int i = 0; i < count; i++)
        {
            aggregate.Record(i % 20, null, Data((number * count) + i, dataBytes));
        }

        return aggregate.Sealed();
    }

    private static byte[] Log(int number, int messageBytes, int count)
    {
        var random = new Random(number);
        return Gzip.Of(Gzip.LogEvents(Enumerable.Range(0, count).Select(i => Gzip.LogEvent(
            string.Create(CultureInfo.InvariantCulture, $"3195310660669669833780902507980421114328961542{(number * count) + i:D10}"), random.GetHexString(messageBytes)))));
    }

    private static byte[] Data(int number, int bytes)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{number},\"text\":\""), end = "\"}";
        return Encoding.ASCII.GetBytes(start + new string((char)('a' + (number % 26)), Math.Max(0, bytes - start.Length - end.Length)) + end);
    }

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"4959033827149025660855969253836157109592157{number:D13}");
}
