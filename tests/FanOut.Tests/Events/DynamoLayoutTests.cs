using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Events;

public class DynamoLayoutTests
{
    private const string Keys = "{\"id\":{\"S\":\"ключ\"}}";
    private const string Item = "{ \"id\" : {\"S\":\"a\\\"\\u00e9\"},\"n\":{\"N\":\"-1.5\"},\"m\":{\"M\":{\"l\":{\"L\":[{\"BOOL\":true},{\"NULL\":true},{\"SS\":[]},{\"M\":{}}]}}}}";

    private static readonly Gen<string?> Image = Gen.Frequency(
        (3, Gen.Const<string?>(Item)), (2, Gen.OneOf<string?>(null, "{}")), (2, Gen.OneOf<string?>("null", "5", "[]", "{\"a\":01}", "{\"a\":-}", "{\"a\":tru}", "{\"a\":\"\\ud800\"}", "{\"a\":1,}", "{\"NewImage\":{},\"Keys\":3}")),
        (1, Gen.Int[100, 1_100].Select(static depth => (string?)$"{{\"a\":{new string('[', depth)}{new string(']', depth)}}}")));

    private static readonly Gen<string> Record =
        from name in Gen.OneOf("INSERT", "MODIFY", "REMOVE", "modify", "INS\\u0045RT")
        from keys in Gen.Frequency((4, Gen.Const(Keys)), (1, Gen.OneOf("{}", "[]", "{},\"Keys\":{}", "{},\"SequenceNumber\":\"5\"", "{},\"k\\u0065ys\":1,\"Ke\\u0079s\":{}")))
        from newImage in Image
        from oldImage in Image
        from number in Gen.OneOf("111", "0", "", "x", new string('1', 130))
        from arn in Gen.Frequency((6, Gen.Const(LambdaEvent.Table)), (1, Gen.OneOf(LambdaEvent.Table + "2", LambdaEvent.Stream, "x", LambdaEvent.Table + "\",\"kinesis\":\"", LambdaEvent.Table + "\",\"Sns\":{},\"a\":\"")))
        select LambdaEvent.Dynamo(name, keys, newImage, oldImage, number, arn);

    [Fact]
    public void An_event_with_nothing_wrong_is_read_in_one_go()
    {
        byte[] json = LambdaEvent.Of(LambdaEvent.Dynamo("MODIFY", Keys, Item, "{}", "17"), LambdaEvent.Dynamo("REMOVE", Keys, null, Item, "18"));

        RecordGroup group = Assert.Single(DynamoLayout.TryRead(json)!);

        Assert.Equal((LambdaEvent.Table, SourceKind.DynamoDb), (group.SourceArn, group.Kind));
        Assert.Equal(
            [(ChangeKind.Modify, "17", Keys, Item, "{}"), (ChangeKind.Remove, "18", Keys, "", Item)],
            group.Records.Select(static r => (r.Change, Text(r.SequenceNumber), Text(r.Key), Text(r.Data), Text(r.OldImage))));
        SameRecords.Assert(json, [group]);
    }

    [Theory]
    [InlineData("\"Keys\":{}", "\"Keys\":[]")]
    [InlineData("\"Keys\":{}", "\"Keys\":{},\"Keys\":{}")]
    [InlineData("\"Keys\":{}", "\"K\\u0065ys\":{}")]
    [InlineData("\"eventName\":\"INSERT\"", "\"eventName\":\"insert\"")]
    [InlineData("\"SequenceNumber\":\"111\"", "\"SequenceNumber\":111")]
    [InlineData("\"eventSource\":", "\"kinesis\":{},\"eventSource\":")]
    [InlineData("arn:aws:dynamodb", "arn:aws:kinesis")]
    [InlineData("]}", "],\"window\":{}}")]
    public void What_is_unusual_is_left_to_the_general_way(string part, string other) => Assert.Null(DynamoLayout.TryRead(Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(LambdaEvent.Of(LambdaEvent.Dynamo("INSERT", "{}", null, null))).Replace(part, other, StringComparison.Ordinal))));

    [Fact]
    public void What_is_read_is_what_the_general_way_reads() => Record.Array[1, 3].Sample(static records =>
    {
        byte[] json = LambdaEvent.Of(records);
        SameRecords.Assert(json, DynamoLayout.TryRead(json));
    }, iter: 20_000);

    [Fact]
    public void What_is_read_of_a_damaged_event_is_what_the_general_way_reads()
    {
        byte[] whole = LambdaEvent.Of(LambdaEvent.Dynamo("MODIFY", Keys, Item, "{}", "17"), LambdaEvent.Dynamo("REMOVE", Keys, null, Item, "18"));
        Arbitrary.Damaged(whole, "{}[]\",:\\u-.0179aAd ").Sample(static json => SameRecords.Assert(json, DynamoLayout.TryRead(json)), iter: 40_000);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
