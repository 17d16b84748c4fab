using Amazon.Runtime;
using FanOut.Aws.Lambda;

namespace FanOut.Tests.Aws;

public sealed class EventSourceMappingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_is_read()
    {
        await using Wire wire = new("""
            {"UUID":"u","EventSourceMappingArn":"arn:aws:lambda:us-east-1:1:event-source-mapping:u","StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":1.7934048E9,
             "BatchSize":100,"MaximumBatchingWindowInSeconds":0,"ParallelizationFactor":1,"EventSourceArn":"arn:aws:kinesis:us-east-1:1:stream/s",
             "FilterCriteria":{"Filters":[{"Pattern":"{}"},{"Pattern":"{\"a\":[1]}"}]},"FunctionArn":"arn:aws:lambda:us-east-1:1:function:f",
             "LastModified":1793404800.123,"LastProcessingResult":"PROBLEM: Function call failed","State":"Enabled","StateTransitionReason":"User action",
             "DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:1:q"}},"MaximumRecordAgeInSeconds":-1,"BisectBatchOnFunctionError":false,
             "MaximumRetryAttempts":-1,"TumblingWindowInSeconds":0,"FunctionResponseTypes":["ReportBatchItemFailures"],"SourceAccessConfigurations":[]}
            """);
        using AmazonLambdaClient client = Client(wire);

        GetEventSourceMappingResponse found = await client.GetEventSourceMappingAsync(new() { UUID = "u" }, Cancellation);

        Assert.Equal(["GET /2015-03-31/event-source-mappings/u"], wire.Lines);
        Assert.Equal(
            ("u", "arn:aws:lambda:us-east-1:1:event-source-mapping:u", "arn:aws:kinesis:us-east-1:1:stream/s", "arn:aws:lambda:us-east-1:1:function:f"),
            (found.UUID, found.EventSourceMappingArn, found.EventSourceArn, found.FunctionArn));
        Assert.Equal(
            ("Enabled", "User action", "PROBLEM: Function call failed", "AT_TIMESTAMP"),
            (found.State, found.StateTransitionReason, found.LastProcessingResult, found.StartingPosition));
        Assert.Equal(new DateTime(2026, 10, 31, 0, 0, 0, 123, DateTimeKind.Utc), found.LastModified);
        Assert.Equal(new DateTime(2026, 10, 31, 0, 0, 0, DateTimeKind.Utc), found.StartingPositionTimestamp);
        Assert.Equal(((int?)100, (int?)0, (int?)1, (bool?)false), (found.BatchSize, found.MaximumBatchingWindowInSeconds, found.ParallelizationFactor, found.BisectBatchOnFunctionError));
        Assert.Equal(((int?)-1, (int?)-1, (int?)0), (found.MaximumRecordAgeInSeconds, found.MaximumRetryAttempts, found.TumblingWindowInSeconds));
        Assert.Equal("arn:aws:sqs:us-east-1:1:q", found.DestinationConfig!.OnFailure!.Destination);
        Assert.Equal(["{}", """{"a":[1]}"""], found.FilterCriteria!.Filters!.Select(filter => filter.Pattern));
        Assert.Equal(["ReportBatchItemFailures"], found.FunctionResponseTypes!);
    }

    [Fact]
    public async Task Only_what_is_set_is_sent()
    {
        await using Wire wire = new("{}", "{}");
        using AmazonLambdaClient client = Client(wire);

        await client.CreateEventSourceMappingAsync(
            new()
            {
                FunctionName = "f",
                EventSourceArn = "arn:aws:kinesis:us-east-1:1:stream/s",
                StartingPosition = "AT_TIMESTAMP",
                StartingPositionTimestamp = new DateTime(2026, 10, 31, 0, 0, 0, 500, DateTimeKind.Utc),
                Tags = new() { ["k"] = "v" },
            },
            Cancellation);
        await client.UpdateEventSourceMappingAsync(
            new() { UUID = "u", Enabled = false, FunctionResponseTypes = [], DestinationConfig = new() { OnFailure = new() }, FilterCriteria = new() { Filters = [] } },
            Cancellation);

        Assert.Equal(["POST /2015-03-31/event-source-mappings", "PUT /2015-03-31/event-source-mappings/u"], wire.Lines);
        Assert.Equal(
            """{"EventSourceArn":"arn:aws:kinesis:us-east-1:1:stream/s","StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":1793404800.5,"Tags":{"k":"v"},"FunctionName":"f"}""",
            wire.Arrived[0].Text);
        Assert.Equal(
            """{"Enabled":false,"FunctionResponseTypes":[],"DestinationConfig":{"OnFailure":{}},"FilterCriteria":{"Filters":[]}}""", wire.Arrived[1].Text);
    }

    [Fact]
    public async Task Mappings_are_listed_page_by_page()
    {
        await using Wire wire = new("""{"NextMarker":"m","EventSourceMappings":[{"UUID":"1"},{"UUID":"2"}]}""", """{"EventSourceMappings":[{"UUID":"3"}]}""");
        using AmazonLambdaClient client = Client(wire);

        ListEventSourceMappingsRequest request = new() { FunctionName = "f", MaxItems = 2 };
        ListEventSourceMappingsResponse first = await client.ListEventSourceMappingsAsync(request, Cancellation);
        request.Marker = first.NextMarker;
        ListEventSourceMappingsResponse second = await client.ListEventSourceMappingsAsync(request, Cancellation);

        Assert.Equal(
            ["GET /2015-03-31/event-source-mappings?FunctionName=f&MaxItems=2", "GET /2015-03-31/event-source-mappings?FunctionName=f&Marker=m&MaxItems=2"],
            wire.Lines);
        Assert.Equal(["1", "2", "3"], first.EventSourceMappings!.Concat(second.EventSourceMappings!).Select(mapping => mapping.UUID));
        Assert.Null(second.NextMarker);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"BatchSize":"many"}""")]
    [InlineData("""{"UUID":1}""")]
    [InlineData("""{"FunctionResponseTypes":{}}""")]
    [InlineData("""{"LastModified":1793404800000}""")]
    [InlineData("""{"LastModified":1E20}""")]
    public async Task An_answer_of_another_shape_is_not_taken_for_a_mapping(string answer)
    {
        await using Wire wire = new(answer);
        using AmazonLambdaClient client = Client(wire);

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => client.GetEventSourceMappingAsync(new() { UUID = "u" }, Cancellation));
    }

    private static AmazonLambdaClient Client(Wire wire) => new(Wire.Credentials, wire.Config(AmazonLambdaClient.Service));
}
