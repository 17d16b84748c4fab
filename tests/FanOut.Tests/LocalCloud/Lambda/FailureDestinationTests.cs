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

        await ConnectAsync(lambda, $"arn:aws:{service}:us-east-1:123456789012:failed");

        var arrival = Assert.Single(service == "sqs" ? Cloud.Sqs.Received : Cloud.Sns.Received);
        Assert.Equal("failed", arrival.Destination.Split(':')[^1]);
        Assert.Equal(DiscardedBatch.RetryAttemptsExhausted, JsonDocument.Parse(arrival.Text).RootElement.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.DoesNotContain("secret", arrival.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bucket_gets_the_whole_event_of_a_batch_in_a_file_by_mapping_shard_and_time()
    {
        Cloud.S3.CreateBucket("failed");
        Cloud.Kinesis.CreateStream("orders").Put("k", "data"u8.ToArray());
        await using LambdaService lambda = new(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(lambda);
        RecordingFunction broken = new(_ => ScriptedFunction.Failure());
        lambda.Add("broken", broken);

        string id = await ConnectAsync(lambda, "arn:aws:s3:::failed");

        var file = Assert.Single(Cloud.S3.Find("failed")!.Objects);
        Assert.Matches($@"^aws/lambda/{id}/shardId-000000000000/\d{{4}}/\d{{2}}/\d{{2}}/\d{{4}}-\d{{2}}-\d{{2}}T\d{{2}}\.\d{{2}}\.\d{{2}}-[0-9a-f-]{{36}}$", file.Key);
        JsonElement report = JsonDocument.Parse(file.Text).RootElement;
        Assert.Equal("shardId-000000000000", report.GetProperty("KinesisBatchInfo").GetProperty("shardId").GetString());
        Assert.Equal(System.Text.Encoding.UTF8.GetString(broken.Invocations.Single().Payload.Span), report.GetProperty("payload").GetString());
        Assert.Equal(file.Key, Assert.Single(Cloud.S3.Received).Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_report_to_a_bucket_that_is_not_there_is_lost()
    {
        Cloud.Kinesis.CreateStream("orders").Put("k", "data"u8.ToArray());
        await using LambdaService lambda = new(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(lambda);
        lambda.Add("broken", new RecordingFunction(_ => ScriptedFunction.Failure()));

        await ConnectAsync(lambda, "arn:aws:s3:::absent");

        Assert.Empty(Cloud.S3.Received);
        Assert.Single(lambda.Discarded);
    }

    // Connects it to the stream, and waits until all was given up.
    private async Task<string> ConnectAsync(LambdaService lambda, string destination)
    {
        Answer created = await Aws.SendAsync(
            "lambda", HttpMethod.Post, "/2015-03-31/event-source-mappings",
            System.Text.Encoding.UTF8.GetBytes($$$$"""{"EventSourceArn":"arn:aws:kinesis:us-east-1:123456789012:stream/orders","FunctionName":"broken","StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"{{{{destination}}}}"}}}"""),
            "application/json");
        string id = created.Json.GetProperty("UUID").GetString()!;
        await lambda.EventSourceMappings[id].WhenIdleAsync(Cancellation);
        return id;
    }
}
