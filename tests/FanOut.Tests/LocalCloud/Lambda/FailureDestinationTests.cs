using System.Text.Json;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.Tests.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda;

public sealed class FailureDestinationTests : CloudTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("sqs")]
    [InlineData("sns")]
    public async Task A_batch_that_is_given_up_reaches_the_queue_or_topic(string service)
    {
        Cloud.Sqs.CreateQueue("failed");
        Cloud.Sns.CreateTopic("failed");
        Cloud.Kinesis.CreateStream("orders").Put("k", "secret"u8.ToArray());
        await using LambdaService lambda = new(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(lambda);
        lambda.Add("broken", new RecordingFunction(_ => ScriptedFunction.Failure()));

        Answer created = await Aws.SendAsync(
            "lambda", HttpMethod.Post, "/2015-03-31/event-source-mappings",
            System.Text.Encoding.UTF8.GetBytes($$$$$"""{"EventSourceArn":"arn:aws:kinesis:us-east-1:123456789012:stream/orders","FunctionName":"broken","StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:{{{{{service}}}}}:us-east-1:123456789012:failed"}}}"""),
            "application/json");
        await lambda.EventSourceMappings[created.Json.GetProperty("UUID").GetString()!].WhenIdleAsync(Cancellation);

        var arrival = Assert.Single(service == "sqs" ? Cloud.Sqs.Received : Cloud.Sns.Received);
        Assert.Equal("failed", arrival.Destination.Split(':')[^1]);
        Assert.Equal(DiscardedBatch.RetryAttemptsExhausted, JsonDocument.Parse(arrival.Text).RootElement.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.DoesNotContain("secret", arrival.Text, StringComparison.Ordinal);
    }
}
