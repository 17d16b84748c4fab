using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.LocalCloud.Faults;

public sealed class FaultTests : CloudTests
{
    private static readonly int[] RefusedPositions = [1, 3];

    public FaultTests()
    {
        Cloud.Kinesis.CreateStream("s");
        Cloud.Firehose.CreateDeliveryStream("d");
        Cloud.Sqs.CreateQueue("q");
        Cloud.Sns.CreateTopic("t");
    }

    [Theory]
    [InlineData(FaultMoment.Before, "0 2 4")]
    [InlineData(FaultMoment.After, "0 1 2 3 4")]
    public async Task Items_are_refused_by_position_before_or_after_they_were_taken(FaultMoment moment, string taken)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Positions = RefusedPositions, Times = 1, Moment = moment });

        Answer struck = await PutRecords();
        string arrived = string.Join(' ', Cloud.Kinesis.Received.Select(arrival => arrival.Key));
        Answer next = await PutRecords();

        Assert.Equal(2, struck.Json.GetProperty("FailedRecordCount").GetInt32());
        Assert.Equal(
            [null, "ProvisionedThroughputExceededException", null, "ProvisionedThroughputExceededException", null],
            struck.Json.GetProperty("Records").EnumerateArray().Select(record => record.TryGetProperty("ErrorCode", out JsonElement code) ? code.GetString() : null));
        Assert.Equal(taken, arrived);
        Assert.Equal(0, next.Json.GetProperty("FailedRecordCount").GetInt32());
    }

    [Theory]
    [InlineData(false, "ServiceUnavailableException", "InternalError", "false", "InternalError", 429, "es_rejected_execution_exception")]
    [InlineData(true, "InvalidArgumentException", "InvalidParameterValue", "true", "InvalidParameter", 400, "mapper_parsing_exception")]
    public async Task Each_service_refuses_items_in_its_own_words(
        bool permanent, string firehose, string sqs, string senderFault, string sns, int bulkStatus, string bulk)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Permanent = permanent });

        Answer record = await Aws.FirehoseAsync("PutRecordBatch", """{"DeliveryStreamName":"d","Records":[{"Data":"eA=="}]}""");
        Answer message = await Aws.SqsAsync("SendMessageBatch", """{"QueueUrl":"https://x/123456789012/q","Entries":[{"Id":"a","MessageBody":"x"}]}""");
        Answer notification = await Aws.QueryAsync(
            "sns", ("Action", "PublishBatch"), ("TopicArn", "arn:aws:sns:us-east-1:123456789012:t"),
            ("PublishBatchRequestEntries.member.1.Id", "a"), ("PublishBatchRequestEntries.member.1.Message", "x"));
        Answer document = await Aws.BulkAsync("/i/_bulk", "{\"index\":{\"_id\":\"1\"}}\n{}\n");

        Assert.Equal(firehose, record.Json.GetProperty("RequestResponses")[0].GetProperty("ErrorCode").GetString());
        JsonElement failed = message.Json.GetProperty("Failed")[0];
        Assert.Equal((sqs, senderFault), (failed.GetProperty("Code").GetString(), failed.GetProperty("SenderFault").GetRawText()));
        Assert.Equal((sns, senderFault), (notification.Xml("Code"), notification.Xml("SenderFault")));
        JsonElement item = document.Json.GetProperty("items")[0].GetProperty("index");
        Assert.Equal((bulkStatus, bulk), (item.GetProperty("status").GetInt32(), item.GetProperty("error").GetProperty("type").GetString()));
        Assert.Equal(0, Cloud.Firehose.Received.Count + Cloud.Sqs.Received.Count + Cloud.Sns.Received.Count + Cloud.OpenSearch.Received.Count);
    }

    [Fact]
    public async Task Refused_writes_of_DynamoDB_come_back_unprocessed()
    {
        Cloud.Dynamo.CreateTable("table", "id");
        Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "dynamodb", Positions = [0] });

        Answer answer = await Aws.DynamoAsync(
            "BatchWriteItem", """{"RequestItems":{"table":[{"PutRequest":{"Item":{"id":{"S":"1"}}}},{"PutRequest":{"Item":{"id":{"S":"2"}}}}]}}""");

        Assert.Equal("""{"UnprocessedItems":{"table":[{"PutRequest":{"Item":{"id":{"S":"1"}}}}]}}""", answer.Text);
        Assert.Equal(1, Cloud.Dynamo.Find("table")!.Count);
    }

    [Theory]
    [InlineData(FaultKind.Throttle, 400, "ProvisionedThroughputExceededException")]
    [InlineData(FaultKind.ServerError, 500, "InternalFailureException")]
    [InlineData(FaultKind.AccessDenied, 400, "AccessDeniedException")]
    [InlineData(FaultKind.NotFound, 400, "ResourceNotFoundException")]
    [InlineData(FaultKind.ExpiredToken, 400, "ExpiredTokenException")]
    public async Task A_call_fails_as_the_service_would_fail_it(FaultKind kind, int status, string code)
    {
        Cloud.Faults.Add(new Fault { Kind = kind });

        Answer answer = await PutRecords();

        Assert.Equal((status, code), (answer.Status, answer.Error));
        Assert.Equal((status, code), Cloud.Calls.Select(call => (call.Status, call.ErrorCode)).Single());
        Assert.Empty(Cloud.Kinesis.Received);
    }

    [Fact]
    public async Task An_error_can_be_made_up_and_come_after_the_records_were_taken()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Code = "KMSDisabledException", Message = "off", Status = 400, Moment = FaultMoment.After });

        Answer answer = await PutRecords();

        Assert.Equal((400, "KMSDisabledException"), (answer.Status, answer.Error));
        Assert.Equal("off", answer.Json.GetProperty("message").GetString());
        Assert.Equal(5, Cloud.Kinesis.Received.Count);
    }

    [Fact]
    public async Task A_fault_strikes_only_what_it_is_for()
    {
        Cloud.Kinesis.CreateStream("other");
        Fault fault = Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Throttle,
            Service = "kinesis",
            Operation = "Put*",
            Destination = "s",
            Where = call => call.Region == "us-east-1",
        });

        Assert.NotNull((await PutRecords()).Error);
        Assert.Null((await PutRecords("other")).Error);
        Assert.Null((await Aws.KinesisAsync("DescribeStream", """{"StreamName":"s"}""")).Error);
        Assert.Null((await Aws.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"d","Record":{"Data":""}}""")).Error);
        Assert.Equal(1, Cloud.Faults.Strikes(fault));

        Cloud.Faults.Remove(fault);
        Assert.Null((await PutRecords()).Error);
    }

    [Fact]
    public async Task A_probability_is_drawn_from_the_seed()
    {
        Task<string> Run(int seed) => RunAsync(new CloudOptions { Seed = seed });

        string first = await Run(1);

        Assert.Equal(first, await Run(1));
        Assert.NotEqual(first, await Run(2));
        Assert.InRange(first.Count(letter => letter == 'x'), 1, 39);

        static async Task<string> RunAsync(CloudOptions options)
        {
            await using Cloud cloud = Cloud.Start(options);
            using AwsHttp aws = new(cloud);
            cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Probability = 0.3 });
            string outcome = "";
            for (int i = 0; i < 40; i++)
            {
                outcome += (await aws.KinesisAsync("ListStreams", "{}")).Error is null ? '.' : 'x';
            }

            return outcome;
        }
    }

    [Fact]
    public async Task Items_are_refused_by_probability()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, ItemProbability = 0.5 });
        int refused = 0;
        for (int i = 0; i < 20; i++)
        {
            refused += (await PutRecords()).Json.GetProperty("FailedRecordCount").GetInt32();
        }

        Assert.InRange(refused, 1, 99);
        Assert.Equal(100, refused + Cloud.Kinesis.Received.Count);
    }

    [Theory]
    [InlineData(FaultKind.CloseBeforeAnswer, FaultMoment.Before, 0)]
    [InlineData(FaultKind.CloseBeforeAnswer, FaultMoment.After, 5)]
    [InlineData(FaultKind.CloseInTheMiddle, FaultMoment.Before, 0)]
    [InlineData(FaultKind.CloseInTheMiddle, FaultMoment.After, 5)]
    public async Task A_connection_is_closed_before_or_after_the_records_were_taken(FaultKind kind, FaultMoment moment, int taken)
    {
        Cloud.Faults.Add(new Fault { Kind = kind, Moment = moment });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PutRecords());

        Assert.Equal(taken, Cloud.Kinesis.Received.Count);
    }

    [Theory]
    [InlineData(FaultMoment.Before, 0)]
    [InlineData(FaultMoment.After, 5)]
    public async Task A_malformed_answer_has_status_200(FaultMoment moment, int taken)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Malformed, Moment = moment });

        Answer answer = await PutRecords();

        Assert.Equal(200, answer.Status);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
        Assert.Equal(taken, Cloud.Kinesis.Received.Count);
    }

    [Fact]
    public async Task A_slow_answer_takes_its_time_by_the_clouds_clock()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Moment = FaultMoment.After });

        Task<Answer> call = PutRecords();
        await Cloud.Kinesis.Received.WaitForAsync(5, Cancellation);
        Assert.False(call.IsCompleted);
        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        Assert.Null((await call).Error);
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_cloud_stops()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Hang });

        Task<Answer> call = PutRecords();
        await Cloud.Calls.WaitForAsync(1, Cancellation);
        Assert.Equal(0, Assert.Single(Cloud.Calls).Status);
        await Cloud.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    private Task<Answer> PutRecords(string stream = "s") => Aws.KinesisAsync(
        "PutRecords",
        $$"""{"StreamName":"{{stream}}","Records":[{{string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"Data":"eA==","PartitionKey":"{{i}}"}"""))}}]}""");
}
