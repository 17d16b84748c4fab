using System.Text;
using FanOut.Engine.Events;

namespace FanOut.Tests.Events;

/// <summary>Records that somebody has marked to see what becomes of them.</summary>
public sealed class TestMarkTests
{
    private static readonly string Mark = TestMark.New();

    [Theory]
    [InlineData("\\\"", "")]
    [InlineData("\\u0022", "\\u0022")]
    public void A_marked_record_of_a_stream_is_found_among_others(string begin, string end)
    {
        byte[] json = LambdaEvent.Of(
            LambdaEvent.Kinesis([1], "\\\"another\\\""), LambdaEvent.Kinesis([2], $"{begin}{Mark}{(end.Length > 0 ? end : begin)}", "50"), LambdaEvent.Kinesis([3], "k", "51"));

        RecordGroup group = Assert.Single(EventReader.Read(json));

        Assert.Equal([new MarkedRecord(1, Mark)], group.Marked!);
        Assert.Equal(TestMark.KeyOf(Mark), Encoding.UTF8.GetString(group.Records[1].Key.Span));
    }

    [Fact]
    public void A_marked_message_of_a_topic_is_found_wherever_its_attributes_stand()
    {
        string attributes = $$$"""{"a":{"Type":"String","Value":"b"},"{{{TestMark.AttributeName}}}":{"Type":"String","Value":"{{{Mark}}}"}}""";
        string last = LambdaEvent.Sns("m").Replace("""{"a":{"Type":"String","Value":"b"} }""", attributes, StringComparison.Ordinal);
        string first = last.Replace($",\"MessageAttributes\":{attributes}", "", StringComparison.Ordinal).Replace("\"Type\":\"Notification\"", $"\"MessageAttributes\":{attributes}", StringComparison.Ordinal);

        Assert.Equal([new MarkedRecord(0, Mark)], EventReader.Read(LambdaEvent.Of(last))[0].Marked!);
        Assert.Equal([new MarkedRecord(0, Mark)], EventReader.Read(LambdaEvent.Of(first))[0].Marked!);
    }

    [Fact]
    public void What_only_looks_like_a_mark_is_none()
    {
        string[] keys = [Mark, $"\\\"{Mark}", $"\\\"{Mark[..^1]}g\\\"", $"\\\"{Mark}0\\\"", $"x\\\"{Mark}\\\"", $"\\\"{Mark.ToUpperInvariant()}\\\""];
        Assert.All(keys, static key => Assert.Null(EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis([1], key)))[0].Marked));
        Assert.Null(EventReader.Read(LambdaEvent.Of(LambdaEvent.Sns(Mark)))[0].Marked);
        Assert.Null(EventReader.Read(LambdaEvent.Of(LambdaEvent.Sns("m").Replace("\"Value\":\"b\"", $"\"Value\":\"{Mark}\"", StringComparison.Ordinal)))[0].Marked);
        Assert.Null(EventReader.Read(LambdaEvent.Of(LambdaEvent.Dynamo("INSERT", $$$"""{"id":{"S":"\"{{{Mark}}}\""}}""", "{}", null)))[0].Marked);
    }

    // Otherwise looking for marks would cost every record something.
    [Fact]
    public void An_event_with_a_mark_is_none_of_the_layout_of_ordinary_events() =>
        Assert.Null(KinesisLayout.TryRead(LambdaEvent.Of(LambdaEvent.Kinesis([1], $"\\\"{Mark}\\\"").ReplaceLineEndings(""))));

    [Fact]
    public void Of_many_marked_records_the_first_ten_are_told() =>
        Assert.Equal(Enumerable.Range(0, 10), EventReader.Read(LambdaEvent.Of([.. Enumerable.Range(0, 30).Select(static _ => LambdaEvent.Kinesis([1], $"\\\"{TestMark.New()}\\\""))]))[0].Marked!.Select(static m => m.Record));
}
