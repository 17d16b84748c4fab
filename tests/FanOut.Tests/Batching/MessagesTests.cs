using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Batching;

public class MessagesTests
{
    private static readonly Gen<byte[]> AnyData = Gen.Frequency(
        (4, Gen.Int[0, 1_000_000].Select(n => Encoding.UTF8.GetBytes($"{{\"é\":{n}}}"))),
        (2, Gen.String[Gen.Char.AlphaNumeric, 0, 40].Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Array[0, 40]));

    [Fact]
    public void Every_payload_is_in_one_message_or_failed_and_messages_have_the_size_they_were_cut_by() =>
        Gen.Select(Gen.Enum<Collapse>(), Gen.Bool, Gen.Int[30, 200], AnyData.Array[0, 30]).Sample((collapse, textOnly, most, data) =>
        {
            TargetBatch batch = TestPayloads.Batch(new Messages(collapse, new Limits(10, most, most), textOnly), [.. data.Select(d => TestPayloads.Payload(d))]);

            Assert.Equal(
                Enumerable.Range(0, data.Length),
                batch.Failed.Select(f => f.Payload).Concat(Enumerable.Range(0, batch.Count).Select(i => batch[i].Record)).Order());
            int next = 0;
            foreach (Item item in batch.Items)
            {
                Assert.Equal(next, item.First);
                Assert.InRange(item.Count, 1, collapse == Collapse.None ? 1 : int.MaxValue);
                next += item.Count;
                var composer = new Composer(TestTargets.Mapping(TargetType.Sqs) with { Collapse = collapse });
                using RequestBody room = composer.Room([item]);
                byte[] message = composer.Message(batch, item, room).ToArray();
                Assert.Equal(item.Bytes, message.Length + (item.IsBase64 ? MessageEncoding.AttributeBytes : 0));
                Assert.InRange(item.Bytes, 0, most);
                Assert.True(!textOnly || XmlText.IsValid(message));
                Assert.Equal(Joined(collapse, Enumerable.Range(item.First, item.Count).Select(i => data[batch[i].Record])), Undone(collapse, item, message));
            }

            Assert.Equal(batch.Count, next);
        });

    [Theory]
    [InlineData(Collapse.Json, 14 + 6 + 1 + 6)]
    [InlineData(Collapse.Concat, 12)]
    [InlineData(Collapse.ConcatBase64, 16)]
    public void A_message_of_precisely_the_limit_is_one_message_and_one_byte_less_makes_two(Collapse collapse, int limit)
    {
        Payload[] two = [TestPayloads.Payload("\"abcd\""), TestPayloads.Payload("\"éé\"")];

        Assert.Equal([new Item(0, 2, limit)], TestPayloads.Batch(new Messages(collapse, new Limits(10, limit, limit), true), two).Items);
        Assert.Equal([1, 1], TestPayloads.Batch(new Messages(collapse, new Limits(10, limit - 1, limit - 1), true), two).Items.Select(i => i.Count));
    }

    [Fact]
    public void What_is_not_text_goes_as_base64_and_its_attribute_counts()
    {
        byte[] binary = [0, 1, 2, 3];
        const int Size = 8 + 27;

        Assert.Equal([new Item(0, 1, Size, true)], TestPayloads.Batch(new Messages(Collapse.None, new Limits(10, Size, Size), true), TestPayloads.Payload(binary)).Items);
        TargetBatch over = TestPayloads.Batch(new Messages(Collapse.None, new Limits(10, Size - 1, Size - 1), true), TestPayloads.Payload(binary));
        Assert.Empty(over.Items);
        Assert.Equal(FailureClass.Oversize, Assert.Single(over.Failed).Failure.Class);
        Assert.Equal([new Item(0, 1, 4)], TestPayloads.Batch(new Messages(Collapse.None, new Limits(1, 4, 4), false), TestPayloads.Payload(binary)).Items);
    }

    [Fact]
    public void What_is_not_JSON_cannot_be_framed_and_an_empty_message_cannot_be_sent()
    {
        TargetBatch json = TestPayloads.Batch(new Messages(Collapse.Json, new Limits(10, 100, 100), true), TestPayloads.Payload("{}"), TestPayloads.Payload("{"), TestPayloads.Payload(""), TestPayloads.Payload("1"));
        Assert.Equal([(1, FailureClass.Undecodable), (2, FailureClass.Undecodable)], json.Failed.Select(f => (f.Payload, f.Failure.Class)));
        Assert.Equal([new Item(0, 2, 14 + 2 + 1 + 1)], json.Items);

        TargetBatch none = TestPayloads.Batch(new Messages(Collapse.None, new Limits(10, 100, 100), true), TestPayloads.Payload(""));
        Assert.Equal((FailureClass.PermanentItem, "EmptyMessage"), (none.Failed[0].Failure.Class, none.Failed[0].Failure.Code));
    }

    private static byte[] Joined(Collapse collapse, IEnumerable<byte[]> data) => collapse == Collapse.Json
        ? [.. "{\"Records\":["u8, .. data.SelectMany((d, i) => i == 0 ? d : [(byte)',', .. d]), .. "]}"u8]
        : [.. data.SelectMany(d => d)];

    private static byte[] Undone(Collapse collapse, Item item, byte[] message)
    {
        byte[] undone = item.IsBase64 || collapse == Collapse.ConcatBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(message)) : message;
        if (collapse == Collapse.Json)
        {
            Assert.Equal(item.Count, JsonDocument.Parse(undone).RootElement.GetProperty("Records").GetArrayLength());
        }

        return undone;
    }
}
