using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud;

namespace FanOut.Tests.Targets;

/// <summary>Messages of a topic on their way to a queue and to another topic, at the stand-ins.</summary>
public sealed class TopicToQueueTests : IAsyncDisposable
{
    private const string Own = "\"a\":{\"Type\":\"String\",\"Value\":\"b\"}", Phones = "\"AWS.SNS.MOBILE.MPNS.Type\":{\"Type\":\"String\",\"Value\":\"token\"}";

    private readonly Cloud _cloud = Cloud.Start();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_message_for_phones_too_comes_to_a_queue_without_what_is_for_phones()
    {
        Outcome outcome = await DeliverAsync(TargetType.Sqs, _cloud.Sqs.CreateQueue("q").Url.AbsoluteUri);

        Assert.Equal(1, outcome.Delivered);
        Assert.Equal(["a"], Assert.Single<Arrival>(_cloud.Sqs.Received).Attributes.Keys);
    }

    [Fact]
    public async Task And_to_another_topic_as_it_is()
    {
        Outcome outcome = await DeliverAsync(TargetType.Sns, _cloud.Sns.CreateTopic("t").Arn);

        Assert.Equal(1, outcome.Delivered);
        Assert.Equal(["AWS.SNS.MOBILE.MPNS.Type", "a"], Assert.Single<Arrival>(_cloud.Sns.Received).Attributes.Keys.Order(StringComparer.Ordinal));
    }

    private Task<Outcome> DeliverAsync(TargetType type, string destination) => StandInDelivery.DeliverAsync(
        _cloud, TestTargets.Mapping(type, destination) with { SourceArn = LambdaEvent.Topic, Collapse = Collapse.None }, LambdaEvent.Of(LambdaEvent.Sns("m").Replace(Own, $"{Own},{Phones}", StringComparison.Ordinal)));
}
