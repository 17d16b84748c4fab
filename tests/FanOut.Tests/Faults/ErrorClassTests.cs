using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Faults;

/// <summary>Errors that stand in no table, or that cannot be read whole.</summary>
public class ErrorClassTests
{
    [Theory]
    [InlineData(301, FailureClass.PermanentTarget)]
    [InlineData(400, FailureClass.Unknown)]
    [InlineData(401, FailureClass.PermanentTarget)]
    [InlineData(402, FailureClass.Unknown)]
    [InlineData(403, FailureClass.PermanentTarget)]
    [InlineData(404, FailureClass.PermanentTarget)]
    [InlineData(405, FailureClass.Unknown)]
    [InlineData(408, FailureClass.Ambiguous)]
    [InlineData(409, FailureClass.Unknown)]
    [InlineData(410, FailureClass.Unknown)]
    [InlineData(413, FailureClass.PermanentItem)]
    [InlineData(418, FailureClass.Unknown)]
    [InlineData(425, FailureClass.Unknown)]
    [InlineData(429, FailureClass.Refused)]
    [InlineData(499, FailureClass.Unknown)]
    [InlineData(500, FailureClass.Ambiguous)]
    [InlineData(502, FailureClass.Ambiguous)]
    [InlineData(503, FailureClass.Ambiguous)]
    [InlineData(529, FailureClass.Ambiguous)]
    public async Task A_code_that_nobody_documents_is_judged_by_the_status(int status, FailureClass expected)
    {
        foreach (Service service in FaultyService.OverHttp)
        {
            Failure failure = Classify.Of(await FaultyService.ThrownAsync(service, FaultyService.Error(service, status, "FluxException")));
            Assert.Equal((service, expected, "FluxException"), (service, failure.Class, failure.Code));
        }
    }

    [Theory]
    [InlineData("cluster_block_exception", 403, FailureClass.PermanentTarget)]
    [InlineData("cluster_block_exception", 429, FailureClass.Refused)]
    [InlineData("cluster_block_exception", 503, FailureClass.Ambiguous)]
    [InlineData("es_rejected_execution_exception", 429, FailureClass.Refused)]
    [InlineData("illegal_argument_exception", 429, FailureClass.Refused)]
    [InlineData("SlowDown", 503, FailureClass.Refused)]
    public void That_it_is_too_much_or_not_to_be_had_now_stands_above_the_code(string code, int status, FailureClass expected) =>
        Assert.Equal(expected, ErrorClass.Of(Service.OpenSearch, status, code, ""));

    // Half a surrogate pair, bytes that are not UTF-8, and words that break off: the code counts all the same.
    [Theory]
    [InlineData("""{"__type":"ThrottlingException","message":"\ud83d"}""")]
    [InlineData("""{"message":"\ud83d","__type":"com.amazonaws.service#ThrottlingException"}""")]
    [InlineData("{\"__type\":\"ThrottlingException\",\"message\":\"\u00ed\u00a0\u00bd\"}")]
    [InlineData("""{"__type":"ThrottlingException","mess""")]
    public async Task Words_that_cannot_be_read_do_not_cost_the_code(string body)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(body);
        foreach (Service service in (Service[])[Service.Kinesis, Service.Firehose, Service.Sqs, Service.Iot, Service.Lambda, Service.OpenSearch])
        {
            Failure failure = Classify.Of(await FaultyService.ThrownAsync(service, HttpResponse.Bytes(400, "application/json", bytes)));
            Assert.Equal((FailureClass.Refused, "ThrottlingException"), (failure.Class, failure.Code));
        }
    }

    [Theory]
    [InlineData("&#xD83D;")]
    [InlineData("&#1;")]
    [InlineData("\u0001")]
    [InlineData("\u00ed\u00a0\u00bd")]
    [InlineData("\u00ef\u00bf\u00be")]
    public async Task Words_that_are_no_XML_do_not_cost_the_code(string words)
    {
        byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
        foreach (Service service in (Service[])[Service.Sns, Service.S3])
        {
            byte[] body = Bytes($"<ErrorResponse><Error><Message>{words}</Message><Code>SlowDown</Code></Error></ErrorResponse>");
            Failure failure = Classify.Of(await FaultyService.ThrownAsync(service, HttpResponse.Bytes(400, "text/xml", body)));
            Assert.Equal((FailureClass.Refused, "SlowDown"), (failure.Class, failure.Code));
        }

        byte[] answer = Bytes($"<R><PublishBatchResult><Successful><member><Id>0</Id></member><member><Id>1</Id></member></Successful><Failed><member><Id>2</Id><Code>Throttled</Code><Message>{words}</Message><SenderFault>true</SenderFault></member></Failed></PublishBatchResult></R>");
        Assert.Equal("2 Refused Throttled", await ReceiptAsync(Service.Sns, answer));
    }

    [Theory]
    [InlineData(Service.Kinesis, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1"},{"ErrorCode":"InternalFailure","ErrorMessage":"\ud83d"},{"SequenceNumber":"3"}]}""", "1 Refused InternalFailure")]
    [InlineData(Service.Firehose, """{"FailedPutCount":1,"RequestResponses":[{"ErrorMessage":"\ude00","ErrorCode":"ServiceUnavailableException"},{"RecordId":"2"},{"RecordId":"3"}]}""", "0 Refused ServiceUnavailableException")]
    [InlineData(Service.Sqs, """{"Successful":[{"Id":"0","\ud83d":1},{"Id":"1"}],"Failed":[{"Id":"2","SenderFault":true,"Code":"OverLimit","Message":"\ud83d","\ud83d":"\ud83d"}]}""", "2 Refused OverLimit")]
    [InlineData(Service.OpenSearch, """{"items":[{"index":{"status":201}},{"index":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"\ud83d"}}},{"index":{"status":201}}]}""", "1 PermanentItem mapper_parsing_exception")]
    [InlineData(Service.OpenSearch, """{"items":[{"index":{"status":"201"}},{"index":{"status":201}},{"index":{"status":201}}]}""", "0 Refused Unreadable")]
    [InlineData(Service.OpenSearch, """{"items":[{"index":{"status":1e999,"error":{"type":"\ud83d"}}},{"index":{}},{"index":{"status":201}}]}""", "0 Refused \\ud83d, 1 Refused Unreadable")]
    public async Task One_entry_that_cannot_be_read_leaves_the_others_taken(Service service, string answer, string expected) =>
        Assert.Equal(expected, await ReceiptAsync(service, System.Text.Encoding.UTF8.GetBytes(answer)));

    [Theory]
    [InlineData("index_closed_exception", 400)]
    [InlineData("cluster_block_exception", 403)]
    [InlineData("index_not_found_exception", 404)]
    [InlineData("security_exception", 403)]
    [InlineData("odd_exception", 403)]
    public async Task An_index_that_takes_nothing_is_out_of_reach_itself(string type, int status)
    {
        string item = $$$$"""{"index":{"status":{{{{status}}}},"error":{"type":"{{{{type}}}}","reason":"index [orders] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"}}}""";
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "application/json", $$"""{"items":[{{item}},{{item}},{{item}}]}""")));

        Failure failure = Classify.Of(await Assert.ThrowsAsync<TargetFaultException>(() => FaultyService.CallAsync(Service.OpenSearch, server.Endpoint)));

        Assert.Equal((FailureClass.PermanentTarget, type), (failure.Class, failure.Code));
        Assert.Contains("FORBIDDEN/12", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_index_took_before_it_was_blocked_is_taken()
    {
        const string Answer = """{"items":[{"index":{"status":201}},{"index":{"status":403,"error":{"type":"cluster_block_exception","reason":"r"}}},{"index":{"status":418,"error":{"type":"odd_exception"}}}]}""";

        Assert.Equal("1 PermanentTarget cluster_block_exception, 2 PermanentItem odd_exception", await ReceiptAsync(Service.OpenSearch, System.Text.Encoding.UTF8.GetBytes(Answer)));
    }

    [Fact]
    public async Task A_queue_whose_key_is_gone_is_out_of_reach_itself()
    {
        string[] failed = [.. Enumerable.Range(0, 3).Select(static n => $$"""{"Id":"{{n}}","SenderFault":true,"Code":"KMS.DisabledException","Message":"disabled"}""")];
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "application/json", $$"""{"Failed":[{{string.Join(',', failed)}}]}""")));

        Assert.Equal(FailureClass.PermanentTarget, Classify.Of(await Assert.ThrowsAsync<TargetFaultException>(() => FaultyService.CallAsync(Service.Sqs, server.Endpoint))).Class);
    }

    private static async Task<string> ReceiptAsync(Service service, byte[] answer)
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Bytes(200, "text/plain", answer)));
        return string.Join(", ", (await FaultyService.CallAsync(service, server.Endpoint)).Items.Select(static i => $"{i.Index} {i.Failure.Class} {i.Failure.Code}"));
    }
}
