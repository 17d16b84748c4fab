using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Batching;

namespace FanOut.Tests.Targets;

/// <summary>What targets make of a service's answer to three items.</summary>
public class AnswersTests
{
    public static TheoryData<TargetType, string, string> Answers => new()
    {
        { TargetType.Kinesis, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1","ShardId":"s"},{"ErrorCode":"InternalFailure","ErrorMessage":"m"},{"SequenceNumber":"2"}]}""", "1 Refused InternalFailure" },
        { TargetType.Kinesis, """{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1"},{"SequenceNumber":"2"}]}""", "UntrustworthyAnswerException" },
        { TargetType.Kinesis, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1"},{"SequenceNumber":"2"},{}]}""", "2 Refused MalformedAnswer" },
        { TargetType.Kinesis, "", "AmazonUnmarshallingException" },
        { TargetType.Kinesis, "<html>", "AmazonUnmarshallingException" },
        { TargetType.Firehose, """{"FailedPutCount":1,"Encrypted":false,"RequestResponses":[{"ErrorCode":"ServiceUnavailableException","ErrorMessage":"m"},{"RecordId":"1"},{"RecordId":"2"}]}""", "0 Refused ServiceUnavailableException" },
        { TargetType.Firehose, """{"FailedPutCount":2,"RequestResponses":[{"ErrorCode":"InternalFailure"},{"RecordId":"1"},{"RecordId":"2"}]}""", "UntrustworthyAnswerException" },
        { TargetType.Sqs, """{"Successful":[{"Id":"1","MessageId":"m"}],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError"},{"Id":"2","SenderFault":true,"Code":"InvalidMessageContents","Message":"m"}]}""", "0 Refused InternalError, 2 PermanentItem InvalidMessageContents" },
        { TargetType.Sqs, """{"Successful":[{"Id":"0"},{"Id":"1"},{"Id":"2"}]}""", "" },
        { TargetType.Sqs, """{"Successful":[{"Id":"0"},{"Id":"1"}],"Failed":[{"Id":"x","SenderFault":false,"Code":"c"}]}""", "2 Refused MalformedAnswer" },
        { TargetType.Sqs, "{}", "UntrustworthyAnswerException" },
        { TargetType.Sns, Sns("<member><Id>0</Id></member><member><Id>1</Id></member>", "<member><Id>2</Id><Code>InternalError</Code><Message>m</Message><SenderFault>false</SenderFault></member>"), "2 Refused InternalError" },
        { TargetType.Sns, Sns("<member><Id>0</Id></member>", "<member><SenderFault>true</SenderFault><Code>InvalidParameter</Code><Id>1</Id></member><member><Id>2</Id><Code>InternalError</Code></member>"), "1 PermanentItem InvalidParameter, 2 Refused InternalError" },
        { TargetType.Sns, Sns("", ""), "UntrustworthyAnswerException" },
        { TargetType.Es, """{"took":1,"errors":true,"items":[{"index":{"status":201}},{"index":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"r","caused_by":{"type":"x","reason":"y"}}}},{"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"r"}}}]}""", "1 PermanentItem mapper_parsing_exception, 2 Refused es_rejected_execution_exception" },
        { TargetType.Es, """{"items":[{"index":{"status":409,"error":{"type":"version_conflict_engine_exception"}}},{"index":{"status":404}},{"index":{"status":503}}]}""", "1 PermanentTarget Http404, 2 Refused Http503, 0 late" },
        { TargetType.Es, """{"items":[{"index":{"status":200,"error":{"type":"t","reason":"r"}}},{"index":{"error":"old","status":201}},{"index":{"status":201,"error":null}}]}""", "0 Refused t, 1 Refused Unreadable" },
        { TargetType.Es, """{"items":[{"index":{"status":409,"error":{"type":"whatever_exception"}}},{"index":{"status":201}},{"index":{"status":201}}]}""", "0 PermanentItem whatever_exception" },
        { TargetType.Es, """{"items":[{"index":{"status":201}}]}""", "UntrustworthyAnswerException" },
        { TargetType.Events, """{"FailedEntryCount":2,"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"m"},{"EventId":"1"},{"ErrorCode":"MalformedDetail","ErrorMessage":"m"}]}""", "0 Refused InternalFailure, 2 PermanentItem MalformedDetail" },
        { TargetType.Events, """{"FailedEntryCount":2,"Entries":[{"ErrorCode":"ThrottlingException"},{"EventId":"1"},{"ErrorCode":"NotAuthorizedForSourceException"}]}""", "0 Refused ThrottlingException, 2 PermanentItem NotAuthorizedForSourceException" },
        { TargetType.Events, """{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"EventId":"2"}]}""", "UntrustworthyAnswerException" },
        { TargetType.Events, """{"FailedEntryCount":2,"Entries":[{"ErrorCode":"InternalFailure"},{"EventId":"1"},{"EventId":"2"}]}""", "UntrustworthyAnswerException" },
        { TargetType.Events, "", "AmazonUnmarshallingException" },
        { TargetType.States, """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:m:1","startDate":1545084650.987}""", "" },
        { TargetType.States, """{"startDate":1545084650.987}""", "UntrustworthyAnswerException" },
        { TargetType.States, """{"executionArn":null}""", "UntrustworthyAnswerException" },
        { TargetType.States, """{"executionArn":""}""", "UntrustworthyAnswerException" },
        { TargetType.States, "", "AmazonUnmarshallingException" },
        { TargetType.Lambda, "", "" },
        { TargetType.Iot, """{"message":"OK","traceId":"t"}""", "" },
        { TargetType.Iot, "", "" },
        { TargetType.Iot, "<html>", "AmazonUnmarshallingException" },
    };

    // Success is read, not counted: three results of three are none of an item that they do not name.
    public static TheoryData<TargetType, string, string> Unconfirmed => new()
    {
        { TargetType.Kinesis, """{"FailedRecordCount":null,"Records":[{"SequenceNumber":"1"},{"SequenceNumber":"2","ErrorCode":null,"ErrorMessage":""},{"SequenceNumber":"3"}]}""", "" },
        { TargetType.Kinesis, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1"},null,{"SequenceNumber":"3"}]}""", "1 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1"},[{"SequenceNumber":"2"}],"3"]}""", "1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":"none","Records":[{"SequenceNumber":"1"},{"ErrorCode":"InternalFailure"},{"SequenceNumber":"3"}]}""", "1 Refused InternalFailure" },
        { TargetType.Kinesis, """{"FailedRecordCount":{"a":[1]},"Records":[{"SequenceNumber":"1"},{"SequenceNumber":"2"},{"SequenceNumber":"3"}]}""", "" },
        { TargetType.Kinesis, """{"Records":[{"SequenceNumber":"1"},{"ErrorCode":"InternalFailure"},{"SequenceNumber":"3"}]}""", "1 Refused InternalFailure" },
        { TargetType.Firehose, """{"FailedPutCount":null,"RequestResponses":[null,{"RecordId":"2"},{"ErrorCode":"InternalFailure"}]}""", "0 Refused MalformedAnswer, 2 Refused InternalFailure" },
        { TargetType.Events, """{"FailedEntryCount":null,"Entries":[null,{"EventId":"2"},{"EventId":""}]}""", "0 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Es, """{"items":[{"index":{"status":201}},null,{"index":{"status":201}}]}""", "1 Refused Unreadable" },
        { TargetType.Es, """{"items":[[{"index":{"status":201}}],{"index":{"status":201}},7]}""", "0 Refused Unreadable, 2 Refused Unreadable" },
        { TargetType.Es, """{"items":[{"index":null},{"index":{"status":"201"}},{"index":{"status":201}}]}""", "0 Refused Unreadable, 1 Refused Unreadable" },
        { TargetType.Sqs, """{"Successful":[null,{"Id":"1"},{"Id":"2"}],"Failed":[null]}""", "0 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":{"a":"0"}},{"Id":"1"},{"Id":"2"}],"Failed":null}""", "0 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><Id>1</Id></member><member><Id>2</Id></member>", "<member/>"), "0 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><Id>1</Id></member><member><Id>2</Id></member>", "<member><Id>0</Id><Code>InternalError</Code><Message><b>m</b></Message></member>"), "0 Refused InternalError" },
        { TargetType.Sns, Sns("<member><Id>1</Id></member><member><Id>2</Id></member>", "<member><Id><x>0</x></Id><Code><y/></Code><SenderFault><z/></SenderFault></member>"), "0 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><Id><x>0</x></Id></member><member><Id>1</Id></member><member><Id>2</Id></member>", ""), "0 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":0,"Records":[{},{"SequenceNumber":"2"},{"ErrorCode":""}]}""", "0 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":0,"Records":[{"ErrorMessage":"m"},{"SequenceNumber":5},{"SequenceNumber":"3"}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":0,"Records":[null,{"SequenceNumber":"2","ErrorMessage":"m"},{"SequenceNumber":"3","ErrorCode":{"a":"b"}}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Kinesis, """{"FailedRecordCount":1,"Records":[{"ErrorCode":"InternalFailure"},{"SequenceNumber":""},{"SequenceNumber":"3"}]}""", "0 Refused InternalFailure, 1 Refused MalformedAnswer" },
        { TargetType.Firehose, """{"FailedPutCount":0,"RequestResponses":[{"RecordId":"1"},{},{"RecordId":""}]}""", "1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Firehose, """{"FailedPutCount":0,"RequestResponses":[{"SequenceNumber":"1"},{"RecordId":null},{"RecordId":"3"}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":"0"},{"Id":"1"},{"Id":"1"}]}""", "1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":"0"},{"Id":"99"},{"Id":"\u0032"}]}""", "1 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":"z"},{"Id":"z"},{"Id":"z"}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{},null,{"MessageId":"m","Id":"2"}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":"1"},{"Id":"2"}],"Failed":[{"Id":"1","Code":"InternalError"}]}""", "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Sqs, """{"Successful":[{"Id":"2"}],"Failed":[{"Id":"0","SenderFault":true},{"Id":"1","Code":"InternalError"}]}""", "0 Refused MalformedAnswer, 1 Refused InternalError" },
        { TargetType.Sqs, """{"Successful":[{"Id":"1"}]}""", "0 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member/><member/><member/>", ""), "0 Refused MalformedAnswer, 1 Refused MalformedAnswer, 2 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><MessageId>m</MessageId><Id>0</Id></member><member><Id>0</Id></member><member><Id>2</Id></member>", ""), "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><Id>1</Id></member><member><Id>2</Id></member>", "<member><Id>1</Id><Code>InternalError</Code></member>"), "0 Refused MalformedAnswer, 1 Refused MalformedAnswer" },
        { TargetType.Sns, Sns("<member><Id>0</Id></member><member><Id>1</Id></member>", "<member><Id>x</Id><Code>InternalError</Code><SenderFault>maybe</SenderFault></member>"), "2 Refused MalformedAnswer" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    [MemberData(nameof(Unconfirmed))]
    public async Task A_receipt_says_what_the_service_said(TargetType type, string answer, string expected)
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(type == TargetType.Lambda ? 202 : 200, "text/plain", answer)));
        Assert.Equal(expected, await SendAsync(type, server.Endpoint, TestTargets.Mapping(type) with { Collapse = Collapse.None }));
    }

    [Theory]
    [InlineData(DocumentAction.Index)]
    [InlineData(DocumentAction.Create)]
    public async Task A_conflict_of_a_document_that_another_record_may_have_made_does_not_mean_delivered_before(DocumentAction action)
    {
        const string Conflict = """{"items":[{"x":{"status":409,"error":{"type":"version_conflict_engine_exception"}}},{"x":{"status":201}},{"x":{"status":201}}]}""";
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "application/json", Conflict)));
        Assert.Equal("0 late", await SendAsync(TargetType.Es, server.Endpoint, TestTargets.Mapping(TargetType.Es) with { DocumentAction = action }));
    }

    [Fact]
    public async Task A_function_has_queued_nothing_with_another_status_than_202()
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "text/html", "<html>")));
        Assert.Equal("UntrustworthyAnswerException", await SendAsync(TargetType.Lambda, server.Endpoint, TestTargets.Mapping(TargetType.Lambda)));
    }

    [Theory]
    [InlineData(TargetType.Es)]
    [InlineData(TargetType.Lambda)]
    public async Task A_body_has_the_bytes_that_its_block_was_cut_by(TargetType type)
    {
        byte[] body = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            body = request.Body.ToArray();
            return Task.FromResult(HttpResponse.Text(202, "application/json", """{"items":[{"index":{"status":201}},{"index":{"status":201}},{"index":{"status":200}}]}"""));
        });
        TargetBatch? batch = null;
        Assert.Equal("", await SendAsync(type, server.Endpoint, TestTargets.Mapping(type), p => batch = p));

        int frame = type == TargetType.Lambda ? "{\"Records\":[,,]}".Length : 0;
        Assert.Equal(batch!.Items.Sum(i => i.Bytes) + frame, body.Length);
        Assert.Equal(
            type == TargetType.Lambda
                ? """{"Records":[{"n":0},{"n":1},{"n":2}]}"""
                : "{\"index\":{\"_id\":\"k\\\"é\"}}\n{\"n\":0}\n{\"delete\":{\"_id\":\"k\\\"é\"}}\n{\"index\":{\"_id\":\"k\\\"é\"}}\n{\"n\":2}\n",
            Encoding.UTF8.GetString(body));
    }

    // As the service reads it: the path is split at its slashes and decoded after that.
    [Theory]
    [InlineData("orders", "/orders/_bulk")]
    [InlineData("orders/Order", "/orders/Order/_bulk")]
    [InlineData("%3Clogs-%7Bnow%2Fd%7D%3E", "/%3Clogs-%7Bnow%2Fd%7D%3E/_bulk")]
    [InlineData("<logs-{now/d}>", "/%3Clogs-%7Bnow%2Fd%7D%3E/_bulk")]
    [InlineData("<logs-{now/d}>/t", "/%3Clogs-%7Bnow%2Fd%7D%3E/t/_bulk")]
    [InlineData("größe", "/gr%C3%B6%C3%9Fe/_bulk")]
    [InlineData("100%", "/100%25/_bulk")]
    [InlineData("%252e%252e", "/%252e%252e/_bulk")]
    public async Task An_index_goes_out_encoded_once(string index, string path)
    {
        string? arrived = null;
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            arrived = request.Path;
            return Task.FromResult(HttpResponse.Text(200, "application/json", """{"items":[{"index":{"status":201}},{"index":{"status":201}},{"index":{"status":200}}]}"""));
        });

        Assert.Equal("", await SendAsync(TargetType.Es, server.Endpoint, TestTargets.Mapping(TargetType.Es, "http://localhost:9200#" + index)));
        Assert.Equal(path, arrived);
    }

    private static string Sns(string successful, string failed) =>
        $"<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult><Failed>{failed}</Failed><Successful>{successful}</Successful></PublishBatchResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishBatchResponse>";

    private static async Task<string> SendAsync(TargetType type, Uri endpoint, Mapping mapping, Action<TargetBatch>? look = null)
    {
        using AwsClient client = TestTargets.Client(type, endpoint);
        await using ITarget target = TestTargets.Target(mapping, client);
        bool deletes = look is not null && type == TargetType.Es;
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, 3).Select(n => TestPayloads.Payload($"{{\"n\":{n}}}", "k\"é") with { IsDelete = deletes && n == 1 })]);
        look?.Invoke(batch);
        try
        {
            Receipt receipt = await target.SendAsync(batch, batch.Items.ToArray(), TestContext.Current.CancellationToken);
            return string.Join(", ", [.. receipt.Items.Select(i => $"{i.Index} {i.Failure.Class} {i.Failure.Code}"), .. receipt.Late.Select(i => $"{i} late")]);
        }
        catch (Exception e) when (e is UntrustworthyAnswerException or Amazon.Runtime.AmazonServiceException)
        {
            return e.GetType().Name;
        }
    }
}
