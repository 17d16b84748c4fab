using System.Net;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class EventSourceMappingTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mapping_is_made_changed_found_and_deleted()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, "mapped");
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = "mapped", ["ShardCount"] = 1 });
        string stream = $"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/mapped";
        string queue = $"arn:aws:sqs:{Emulated.Region}:{Emulated.Account}:failed";
        using AmazonLambdaClient client = Client(endpoint);

        CreateEventSourceMappingResponse made = await client.CreateEventSourceMappingAsync(
            new()
            {
                FunctionName = "mapped",
                EventSourceArn = stream,
                StartingPosition = "TRIM_HORIZON",
                Enabled = false,
                BatchSize = 500,
                MaximumBatchingWindowInSeconds = 1,
                ParallelizationFactor = 2,
                BisectBatchOnFunctionError = true,
                MaximumRecordAgeInSeconds = 21_600,
                MaximumRetryAttempts = 10,
                TumblingWindowInSeconds = 0,
                FunctionResponseTypes = ["ReportBatchItemFailures"],
                DestinationConfig = new() { OnFailure = new() { Destination = queue } },
                FilterCriteria = new() { Filters = [new() { Pattern = """{"data":{"n":[1]}}""" }] },
            },
            Cancellation);

        Assert.Equal(HttpStatusCode.Created, made.HttpStatusCode);
        Assert.Equal((stream, "TRIM_HORIZON", "Disabled", "User initiated"), (made.EventSourceArn, made.StartingPosition, made.State, made.StateTransitionReason));
        Assert.EndsWith(":function:mapped", made.FunctionArn, StringComparison.Ordinal);
        Assert.EndsWith($":event-source-mapping:{made.UUID}", made.EventSourceMappingArn, StringComparison.Ordinal);
        Assert.Equal(((int?)500, (int?)1, (int?)2, (bool?)true), (made.BatchSize, made.MaximumBatchingWindowInSeconds, made.ParallelizationFactor, made.BisectBatchOnFunctionError));
        Assert.Equal(((int?)21_600, (int?)10, (int?)0), (made.MaximumRecordAgeInSeconds, made.MaximumRetryAttempts, made.TumblingWindowInSeconds));
        Assert.Equal(["ReportBatchItemFailures"], made.FunctionResponseTypes!);
        Assert.Equal(queue, made.DestinationConfig!.OnFailure!.Destination);
        Assert.Equal("""{"data":{"n":[1]}}""", Assert.Single(made.FilterCriteria!.Filters!).Pattern);
        Assert.Equal(DateTimeKind.Utc, made.LastModified!.Value.Kind);

        await client.UpdateEventSourceMappingAsync(new() { UUID = made.UUID!, Enabled = true, BatchSize = 50 }, Cancellation);
        GetEventSourceMappingResponse changed = await client.GetEventSourceMappingAsync(new() { UUID = made.UUID! }, Cancellation);
        Assert.Equal(("Enabled", (int?)50, (int?)2), (changed.State, changed.BatchSize, changed.ParallelizationFactor));

        Assert.Equal([made.UUID], await ListAsync(client, stream, "mapped"));
        Assert.Equal([], await ListAsync(client, stream, "other"));
        Assert.Equal([], await ListAsync(client, stream + "-other", null));

        DeleteEventSourceMappingResponse deleted = await client.DeleteEventSourceMappingAsync(new() { UUID = made.UUID! }, Cancellation);
        Assert.Equal(("Deleting", HttpStatusCode.Accepted), (deleted.State, deleted.HttpStatusCode));
        Assert.Equal([], await ListAsync(client, stream, null));
    }

    [Fact]
    public async Task A_mapping_that_does_not_exist_is_a_typed_refusal()
    {
        using AmazonLambdaClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(
            () => client.GetEventSourceMappingAsync(new() { UUID = "00000000-0000-0000-0000-000000000000" }, Cancellation));

        Assert.Equal(
            (HttpStatusCode.NotFound, "ResourceNotFoundException", "The resource you requested does not exist."),
            (refusal.StatusCode, refusal.ErrorCode, refusal.Message));
    }

    private static async Task<IEnumerable<string?>> ListAsync(AmazonLambdaClient client, string source, string? function)
    {
        ListEventSourceMappingsResponse page = await client.ListEventSourceMappingsAsync(
            new() { EventSourceArn = source, FunctionName = function, MaxItems = 100 }, Cancellation);
        return page.EventSourceMappings!.Select(mapping => mapping.UUID);
    }

    private static AmazonLambdaClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));
}
