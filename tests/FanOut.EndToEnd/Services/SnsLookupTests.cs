using System.Net;
using FanOut.Aws.Sns;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class SnsLookupTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attributes_are_a_topics_own()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.QueryAsync(
            "sns", "2010-03-31", "CreateTopic", ("Name", "lookup.fifo"),
            ("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true"),
            ("Attributes.entry.2.key", "DisplayName"), ("Attributes.entry.2.value", "a <b> & é"));
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);

        GetTopicAttributesResponse response = await client.GetTopicAttributesAsync(new() { TopicArn = Arn("lookup.fifo") }, Cancellation);

        Assert.Equal(
            (Arn("lookup.fifo"), "true", "a <b> & é"),
            (response.Attributes!["TopicArn"], response.Attributes["FifoTopic"], response.Attributes["DisplayName"]));
        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
    }

    [Fact]
    public async Task Topics_are_listed_page_by_page()
    {
        // An account of its own: a page has 100 topics, and other tests that list would have to go through ours.
        await using MotoServer running = new();
        Uri endpoint = (await running.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        string[] names = [.. Enumerable.Range(0, 101).Select(i => $"t{i:D3}")];
        foreach (string name in names)
        {
            await api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", name));
        }

        using AmazonSimpleNotificationServiceClient client = Client(endpoint);
        ListTopicsResponse first = await client.ListTopicsAsync(new(), Cancellation);
        ListTopicsResponse second = await client.ListTopicsAsync(new() { NextToken = first.NextToken }, Cancellation);

        Assert.Equal((100, 1), (first.Topics!.Count, second.Topics!.Count));
        Assert.Null(second.NextToken);
        Assert.Equal(names.Select(Arn), first.Topics.Concat(second.Topics).Select(topic => topic.TopicArn!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_a_typed_refusal()
    {
        using AmazonSimpleNotificationServiceClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonSimpleNotificationServiceException refusal = await Assert.ThrowsAsync<AmazonSimpleNotificationServiceException>(
            () => client.GetTopicAttributesAsync(new() { TopicArn = Arn("absent") }, Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("not exist", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static string Arn(string name) => $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:{name}";

    private static AmazonSimpleNotificationServiceClient Client(Uri endpoint) =>
        new(Emulated.Credentials, Emulated.Config(AmazonSimpleNotificationServiceClient.Service, endpoint));
}
