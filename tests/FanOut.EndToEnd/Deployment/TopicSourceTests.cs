using System.Text.Json;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Deployment;

/// <summary>A topic as the source of the published function: what is published arrives, and what cannot be delivered is told.</summary>
public sealed class TopicSourceTests
{
    private const string News = "arn:aws:sns:us-east-1:123456789012:news";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_reach_the_targets_and_those_that_fail_reach_the_on_failure_destination()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        Cloud cloud = function.Session.Cloud;
        cloud.Sns.CreateTopic("news");
        cloud.Sqs.CreateQueue("readers");
        function.Run("""
            Connect-FanOutSource -Source news -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:failed -MaximumRetryAttempts 0
            Register-FanOutTarget sqs readers readers -Source news -Collapse none -Enabled
            Register-FanOutTarget sns others all -Source news -Collapse none -Enabled
            """);
        cloud.Sqs.CreateQueue("envelopes");
        cloud.Sns.Find("all")!.Subscribe(cloud.Sqs.Find("envelopes")!);

        await PublishAsync(cloud, "one");
        await cloud.Sqs.Received.WaitForAsync(2, Cancellation);
        Arrival message = cloud.Sqs.Received.Single(static a => a.IsFor("readers"));
        Assert.Equal(("one", "order 12 a subject AQID"), (message.Text, $"{message.Attributes["kind"]} {message.Attributes["count"]} {message.Attributes["Subject"]} {message.Attributes["raw"]}"));
        JsonElement envelope = JsonDocument.Parse(cloud.Sqs.Received.Single(static a => a.IsFor("envelopes")).Text).RootElement;
        Assert.Equal("""{"count":{"Type":"Number","Value":"12"},"kind":{"Type":"String","Value":"order"},"raw":{"Type":"Binary","Value":"AQID"}}""", envelope.GetProperty("MessageAttributes").GetRawText());
        Assert.Equal(("one", "a subject"), (envelope.GetProperty("Message").GetString(), envelope.GetProperty("Subject").GetString()));

        cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Operation = "SendMessageBatch" });
        await PublishAsync(cloud, "two");
        await cloud.Sqs.Received.WaitForAsync(4, Cancellation);

        Arrival told = Assert.Single(cloud.Sqs.Received, static a => a.IsFor("failed"));
        JsonElement report = JsonDocument.Parse(told.Text).RootElement;
        Assert.Equal("RetriesExhausted", report.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal("two", report.GetProperty("requestPayload").GetProperty("Records")[0].GetProperty("Sns").GetProperty("Message").GetString());
        Assert.Contains("1 of 1 records were not delivered everywhere. readers: ", report.GetProperty("responsePayload").GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(function.Denied, static d => d.Action != "sqs:SendMessage");
    }

    [Fact]
    public async Task Removing_the_function_unsubscribes_it()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        function.Session.Cloud.Sns.CreateTopic("news");
        function.Run("Connect-FanOutSource -Source news -WarningAction Ignore; Remove-FanOutFunction -IncludeTable -Confirm:$false -WarningAction Ignore");

        Assert.Empty(function.Session.Cloud.Sns.Find("news")!.Subscriptions);
    }

    private static async Task PublishAsync(Cloud cloud, string message)
    {
        using FanOut.Aws.Sns.AmazonSimpleNotificationServiceClient sns = new(
            Emulated.Credentials, Emulated.Config(FanOut.Aws.Sns.AmazonSimpleNotificationServiceClient.Service, cloud.Endpoint));
        await sns.PublishAsync(new() { TopicArn = News, Entry = new(System.Text.Encoding.UTF8.GetBytes(message), MessageAttributes: [new("kind", "order"), new("count", "12", "Number"), new("raw", "AQID", "Binary")], Subject: "a subject") }, Cancellation);
    }
}
