using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Sns;

namespace FanOut.Tests.LocalCloud.Sns;

/// <summary>Functions that are subscribed to topics.</summary>
public sealed class FunctionSubscriptionTests : CloudTests
{
    private const int Timeout = 60_000;
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:fanout";

    private readonly LambdaService _lambda;
    private readonly SnsTopic _topic;
    private readonly RecordingFunction _function;
    private bool _fails;

    public FunctionSubscriptionTests()
    {
        _lambda = new LambdaService(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(_lambda);
        _function = new RecordingFunction(_ => new InvocationResult("request", _fails ? """{"errorMessage":"no"}"""u8.ToArray() : "{}"u8.ToArray(), _fails ? "Unhandled" : null));
        _lambda.Add("fanout", _function);
        _topic = Cloud.Sns.CreateTopic("t");
    }

    [Fact]
    public async Task A_function_that_the_topic_may_invoke_gets_one_record_with_subject_and_attributes()
    {
        await PermitAsync();
        Answer subscribed = await Call("Subscribe", ("TopicArn", _topic.Arn), ("Protocol", "lambda"), ("Endpoint", Function));

        Answer published = await Call(
            "Publish", ("TopicArn", _topic.Arn), ("Message", "a \"b\" ü"), ("Subject", "s"),
            ("MessageAttributes.entry.1.Name", "n"), ("MessageAttributes.entry.1.Value.DataType", "Number"), ("MessageAttributes.entry.1.Value.StringValue", "1"));
        await Call("Publish", ("TopicArn", _topic.Arn), ("Message", "plain"));

        Assert.Equal(2, _function.Invocations.Count);
        JsonElement record = Event(0).GetProperty("Records").EnumerateArray().Single();
        Assert.Equal(("aws:sns", subscribed.Xml("SubscriptionArn")), (Text(record, "EventSource"), Text(record, "EventSubscriptionArn")));
        JsonElement sns = record.GetProperty("Sns");
        Assert.Equal(
            ("Notification", published.Xml("MessageId"), _topic.Arn, "s", "a \"b\" ü"),
            (Text(sns, "Type"), Text(sns, "MessageId"), Text(sns, "TopicArn"), Text(sns, "Subject"), Text(sns, "Message")));
        Assert.Equal("""{"n":{"Type":"Number","Value":"1"}}""", sns.GetProperty("MessageAttributes").GetRawText());
        JsonElement plain = Event(1).GetProperty("Records")[0].GetProperty("Sns");
        Assert.Equal((JsonValueKind.Null, "{}"), (plain.GetProperty("Subject").ValueKind, plain.GetProperty("MessageAttributes").GetRawText()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("arn:aws:sns:us-east-1:123456789012:other", null)]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t", "210987654321")]
    public async Task A_topic_that_may_not_invoke_leaves_the_message_in_the_subscriptions_dead_letter_queue(string? source, string? account)
    {
        Cloud.Sqs.CreateQueue("undelivered");
        if (source is not null)
        {
            await PermitAsync(source, account);
        }

        await Call(
            "Subscribe", ("TopicArn", _topic.Arn), ("Protocol", "lambda"), ("Endpoint", Function), ("Attributes.entry.1.key", "RedrivePolicy"),
            ("Attributes.entry.1.value", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:undelivered"}"""));

        Answer published = await Call("Publish", ("TopicArn", _topic.Arn), ("Message", "m"));

        Assert.Equal(200, published.Status);
        Assert.Empty(_function.Invocations);
        Assert.Contains("\"Message\":\"m\"", Assert.Single(Cloud.Sqs.Received).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_event_that_fails_is_tried_twice_again_and_then_told_to_the_on_failure_destination()
    {
        Cloud.Sqs.CreateQueue("failed");
        await PermitAsync();
        _topic.Subscribe(Function);
        Answer set = await ConfigureAsync(HttpMethod.Put, """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:123456789012:failed"}}}""");
        _fails = true;

        await Call("Publish", ("TopicArn", _topic.Arn), ("Message", "m"));
        while (Cloud.Sqs.Received.Count == 0)
        {
            // Each step is a call that is answered, so that the retries come along: a clock that ran ahead of them would make the event too old.
            Time.Advance(TimeSpan.FromSeconds(5));
            await Call("ListTopics");
        }

        Assert.Equal(200, set.Status);
        Assert.Equal(3, _function.Invocations.Count);
        JsonElement told = JsonDocument.Parse(Cloud.Sqs.Received.Single().Text).RootElement;
        Assert.Equal("RetriesExhausted", Text(told.GetProperty("requestContext"), "condition"));
        Assert.Equal(3, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("m", Text(told.GetProperty("requestPayload").GetProperty("Records")[0].GetProperty("Sns"), "Message"));
        Assert.Equal("no", Text(told.GetProperty("responsePayload"), "errorMessage"));
    }

    [Fact]
    public async Task Subscriptions_are_listed_described_and_removed()
    {
        string arn = (await Call("Subscribe", ("TopicArn", _topic.Arn), ("Protocol", "lambda"), ("Endpoint", Function), ("Attributes.entry.1.key", "FilterPolicy"), ("Attributes.entry.1.value", """{"a":["b"]}"""))).Xml("SubscriptionArn")!;

        Answer again = await Call("Subscribe", ("TopicArn", _topic.Arn), ("Protocol", "lambda"), ("Endpoint", Function));
        Answer byTopic = await Call("ListSubscriptionsByTopic", ("TopicArn", _topic.Arn));
        Answer all = await Call("ListSubscriptions");
        Answer attributes = await Call("GetSubscriptionAttributes", ("SubscriptionArn", arn));
        await Call("Unsubscribe", ("SubscriptionArn", arn));

        Assert.Equal(arn, again.Xml("SubscriptionArn"));
        Assert.Equal((arn, "lambda", Function, _topic.Arn), (byTopic.Xml("SubscriptionArn"), byTopic.Xml("Protocol"), byTopic.Xml("Endpoint"), byTopic.Xml("TopicArn")));
        Assert.Equal(arn, all.Xml("SubscriptionArn"));
        Assert.Contains("<key>FilterPolicy</key>", attributes.Text, StringComparison.Ordinal);
        Assert.Empty(_topic.Subscriptions);
        Assert.Equal(404, (await Call("GetSubscriptionAttributes", ("SubscriptionArn", arn))).Status);
    }

    [Theory]
    [InlineData("t", "fanout", "Lambda endpoint ARN")]
    [InlineData("t.fifo", Function, "Invalid protocol type: lambda")]
    public async Task Only_functions_by_their_ARNs_subscribe_and_only_to_standard_topics(string topic, string endpoint, string message)
    {
        SnsTopic named = Cloud.Sns.CreateTopic(topic);

        Answer answer = await Call("Subscribe", ("TopicArn", named.Arn), ("Protocol", "lambda"), ("Endpoint", endpoint));

        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Error));
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asynchronous_settings_are_put_updated_read_and_deleted()
    {
        Answer none = await ConfigureAsync(HttpMethod.Get);
        await ConfigureAsync(HttpMethod.Put, """{"MaximumRetryAttempts":1,"DestinationConfig":{"OnSuccess":{"Destination":"arn:aws:sqs:us-east-1:123456789012:done"}}}""");
        await ConfigureAsync(HttpMethod.Post, """{"MaximumEventAgeInSeconds":60}""");
        Answer both = await ConfigureAsync(HttpMethod.Get);
        await ConfigureAsync(HttpMethod.Put, """{"MaximumEventAgeInSeconds":61}""");
        Answer replaced = await ConfigureAsync(HttpMethod.Get);
        Answer tooMany = await ConfigureAsync(HttpMethod.Put, """{"MaximumRetryAttempts":3}""");
        Answer deleted = await ConfigureAsync(HttpMethod.Delete);

        Assert.Equal((404, 400, 204), (none.Status, tooMany.Status, deleted.Status));
        Assert.Equal((1, 60), (both.Json.GetProperty("MaximumRetryAttempts").GetInt32(), both.Json.GetProperty("MaximumEventAgeInSeconds").GetInt32()));
        Assert.Contains("""{"OnSuccess":{"Destination":"arn:aws:sqs:us-east-1:123456789012:done"},"OnFailure":{}}""", both.Text, StringComparison.Ordinal);
        Assert.False(replaced.Json.TryGetProperty("MaximumRetryAttempts", out _));
    }

    private Task<Answer> PermitAsync(string? source = null, string? account = null) => Aws.SendAsync(
        "lambda", HttpMethod.Post, "/2015-03-31/functions/fanout/policy",
        Encoding.UTF8.GetBytes($$"""{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"sns.amazonaws.com","SourceArn":"{{source ?? _topic.Arn}}","SourceAccount":"{{account ?? "123456789012"}}"}"""),
        "application/json");

    private Task<Answer> ConfigureAsync(HttpMethod method, string body = "") =>
        Aws.SendAsync("lambda", method, "/2019-09-25/functions/fanout/event-invoke-config", Encoding.UTF8.GetBytes(body), "application/json");

    private JsonElement Event(int number) => JsonDocument.Parse(_function.Invocations[number].Payload).RootElement;

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();

    private Task<Answer> Call(string action, params (string Name, string Value)[] parameters) => Aws.QueryAsync("sns", [("Action", action), .. parameters]);
}
