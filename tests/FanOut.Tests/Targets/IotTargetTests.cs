using System.Text;
using FanOut.Engine.Delivery;
using FanOut.LocalCloud;

namespace FanOut.Tests.Targets;

/// <summary>What a topic of AWS IoT gets of records, at the stand-in.</summary>
public sealed class IotTargetTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Each_message_has_the_user_properties_of_its_record()
    {
        Outcome outcome = await DeliverAsync(
            [("messageAttributes", """{"country":"<data.country>","a:é":"<data.text>","kind":"order"}"""), ("collapse", "none")],
            """{"id":1,"country":"DE","text":"\"ö\" 😀\n"}""", """{"id":2}""", """{"id":3,"country":"\u0000"}""");

        Assert.Equal([(2, "PermanentItem", "InvalidAttribute")], StandInDelivery.Failed(outcome));
        Assert.Equal(
            [("d/1", "country=DE|a:é=\"ö\" 😀\n|kind=order"), ("d/2", "kind=order")],
            _cloud.Iot.Received.Select(static a => (a.Destination, string.Join('|', a.UserProperties.Select(static p => $"{p.Key}={p.Value}")))));
    }

    [Fact]
    public async Task Records_of_one_topic_with_other_properties_share_no_message()
    {
        await DeliverAsync(
            [("messageAttributes", """{"country":"<data.country>"}""")],
            """{"id":1,"country":"DE"}""", """{"id":1,"country":"DE"}""", """{"id":1,"country":"AT"}""", """{"id":2,"country":"AT"}""", """{"id":2}""");

        Assert.Equal(
            [("d/1", 2, "DE"), ("d/1", 1, "AT"), ("d/2", 1, "AT"), ("d/2", 1, "")],
            _cloud.Iot.Received.Select(static a => (a.Destination, a.Text.Split("\"id\"").Length - 1, string.Concat(a.UserProperties.Select(static p => p.Value)))));
    }

    [Fact]
    public async Task As_many_as_may_be_are_sent()
    {
        // Bytes of two, which count as such, and that JSON needs no escapes for.
        Outcome outcome = await DeliverAsync([("messageAttributes", """{"a":"<data.v>"}""")], $$"""{"id":1,"v":"{{new string('é', 4_090)}}"}""");

        Assert.Equal(1, outcome.Delivered);
        Assert.Equal(8_180, Encoding.UTF8.GetByteCount(Assert.Single(Assert.Single<Arrival>(_cloud.Iot.Received).UserProperties).Value));
    }

    private Task<Outcome> DeliverAsync((string Name, string Value)[] settings, params string[] data) => StandInDelivery.DeliverAsync(
        _cloud, StandInDelivery.Mapping(_cloud, "iot", "d/<data.id>", settings), LambdaEvent.Of([.. data.Select(static (d, i) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(d), sequenceNumber: $"{i}"))]));
}
