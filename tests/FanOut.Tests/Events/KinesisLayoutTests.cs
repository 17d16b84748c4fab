using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Events;

public class KinesisLayoutTests
{
    private static readonly Gen<string> Key = Gen.OneOf("", "k", "pk-17", "ключ", "a🔑b", "\\\"", "\\u0041", "a/b", new string('x', 300));

    private static readonly Gen<string> Arn = Gen.Frequency(
        (8, Gen.Const(LambdaEvent.Stream)), (1, Gen.Const(LambdaEvent.Stream + "2")), (1, Gen.Const(LambdaEvent.Stream + "/consumer/c:1")), (1, Gen.Const(LambdaEvent.Topic)), (1, Gen.Const("x")));

    private static readonly Gen<string> Record =
        from key in Key
        from data in Gen.Byte.Array[0, 40]
        from number in Gen.Frequency((2, Gen.ULong.Select(static n => $"4959{n:D20}")), (1, Gen.OneOf("0", "17", "", "x", new string('1', 129), new string('1', 130))))
        from id in Gen.Frequency((6, Gen.Const(number)), (1, Gen.Const("1")))
        from time in Gen.OneOf("1545084650.987", "1545084650", "0", "0.5", "00", "1.", "1.5E9", "-1", "null")
        from arn in Arn
        select Compact(key, Convert.ToBase64String(data), number, id, time, arn);

    [Fact]
    public void An_event_as_Lambda_writes_it_is_read_in_one_go()
    {
        byte[] json = LambdaEvent.Of(Compact("ключ", "AQID", "17", "17", "1545084650.987", LambdaEvent.Stream), Compact("k", "", "18", "18", "1545084651.5", LambdaEvent.Stream));

        RecordGroup group = Assert.Single(KinesisLayout.TryRead(json)!);

        Assert.Equal((LambdaEvent.Stream, SourceKind.Kinesis), (group.SourceArn, group.Kind));
        Assert.Equal(["ключ 17 AQID", "k 18 "], group.Records.Select(static r => $"{Text(r.Key)} {Text(r.SequenceNumber)} {Text(r.Data)}"));
        Assert.All(group.Records, static r => Assert.True(r.IsBase64 && r.Problem is null && Text(r.Raw).StartsWith("{\"kinesis\"", StringComparison.Ordinal) && Text(r.Raw).EndsWith("\"}", StringComparison.Ordinal)));
        SameRecords.Assert(json, [group]);
    }

    [Theory]
    [InlineData("]}", "],\"window\":{}}")]
    [InlineData("]}", "]} ")]
    [InlineData("{\"Records\"", " {\"Records\"")]
    [InlineData("\"data\":\"AQID\"", "\"data\":\"AQI\"")]
    [InlineData("\"data\":\"AQID\"", "\"data\":\"AQI\\u0044\"")]
    [InlineData("\"awsRegion\"", "\"x\":1,\"awsRegion\"")]
    [InlineData("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":17")]
    [InlineData("arn:aws:kinesis", "arn:aws:sqs")]
    public void Another_layout_is_left_to_the_general_way(string part, string other) => Assert.Null(KinesisLayout.TryRead(Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(LambdaEvent.Of(Compact("k", "AQID", "17", "17", "1545084650.987", LambdaEvent.Stream))).Replace(part, other, StringComparison.Ordinal))));

    [Fact]
    public void What_is_read_is_what_the_general_way_reads() => Record.Array[1, 6].Sample(static records =>
    {
        byte[] json = LambdaEvent.Of(records);
        SameRecords.Assert(json, KinesisLayout.TryRead(json));
    }, iter: 20_000);

    [Fact]
    public void What_is_read_of_a_damaged_event_is_what_the_general_way_reads()
    {
        byte[] whole = LambdaEvent.Of(
            Compact("k", "AQID", "17", "17", "1545084650.987", LambdaEvent.Stream), Compact("é", "AQ==", "18", "18", "1545084650", LambdaEvent.Stream), Compact("", "", "19", "19", "0.5", LambdaEvent.Stream));
        Arbitrary.Damaged(whole, "{}[]\",:\\/=.0179aA").Sample(static json => SameRecords.Assert(json, KinesisLayout.TryRead(json)), iter: 40_000);
    }

    private static string Compact(string key, string data, string number, string id, string time, string arn) =>
        $$$"""{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"{{{key}}}","sequenceNumber":"{{{number}}}","data":"{{{data}}}","approximateArrivalTimestamp":{{{time}}}},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:{{{id}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-1","eventSourceARN":"{{{arn}}}"}""";

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
