using System.Text;
using CsCheck;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Fuzzing;

/// <summary>Damaged answers of services: a receipt, or an exception that the taxonomy knows.</summary>
public class AnswerTests
{
    private const string Sns =
        "<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult><Failed><member><Id>2</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member></Failed><Successful><member><Id>0</Id></member><member><Id>1</Id></member></Successful></PublishBatchResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishBatchResponse>";

    public static TheoryData<TargetType, int, string> Answers => new()
    {
        { TargetType.Kinesis, 200, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1","ShardId":"s"},{"ErrorCode":"InternalFailure","ErrorMessage":"m"},{"SequenceNumber":"2"}]}""" },
        { TargetType.Kinesis, 400, """{"__type":"com.amazonaws.kinesis#ProvisionedThroughputExceededException","message":"slow"}""" },
        { TargetType.Firehose, 200, """{"FailedPutCount":1,"Encrypted":false,"RequestResponses":[{"ErrorCode":"ServiceUnavailableException","ErrorMessage":"m"},{"RecordId":"1"},{"RecordId":"2"}]}""" },
        { TargetType.Sqs, 200, """{"Successful":[{"Id":"1","MessageId":"m"}],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError"},{"Id":"2","SenderFault":true,"Code":"Invalid","Message":"m"}]}""" },
        { TargetType.Sqs, 400, """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}""" },
        { TargetType.Sns, 200, Sns },
        { TargetType.Sns, 403, "<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>" },
        { TargetType.Es, 200, """{"took":1,"errors":true,"items":[{"index":{"status":201}},{"index":{"status":400,"error":{"type":"x","reason":"r"}}},{"delete":{"status":429,"error":{"type":"y"}}}]}""" },
        { TargetType.Es, 403, """{"Message":"User is not authorized"}""" },
        { TargetType.Events, 200, """{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"InternalFailure","ErrorMessage":"m"},{"EventId":"2"}]}""" },
        { TargetType.States, 200, """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:m:1","startDate":1545084650.987}""" },
        { TargetType.Iot, 400, """{"message":"bad","traceId":"t"}""" },
        { TargetType.Lambda, 404, """{"Type":"User","Message":"Function not found"}""" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_is_a_receipt_or_a_failure_with_a_class(TargetType type, int status, string answer)
    {
        byte[] current = [];
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(status, "text/plain", Encoding.Latin1.GetString(current))));
        Mapping mapping = TestTargets.Mapping(type) with { Collapse = Collapse.None };
        using AwsClient client = TestTargets.Client(type, server.Endpoint);
        await using ITarget target = TestTargets.Target(mapping, client);
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, type is TargetType.Iot or TargetType.States ? 1 : 3).Select(n => TestPayloads.Payload($"{{\"n\":{n}}}"))]);
        Item[] items = [.. batch.Items];

        foreach (byte[] damaged in Arbitrary.Damaged(Encoding.UTF8.GetBytes(answer), "{}[]\",:\\<>/&;01289ftn").Array[150, 150].Single())
        {
            current = damaged;
            try
            {
                // A receipt about what was not sent is Deliver's to refuse: DeliverTests.Lies.
                await target.SendAsync(batch, items, TestContext.Current.CancellationToken);
                Assert.Equal(200, status);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Failure failure = Classify.Of(e);
                Assert.True(e is Amazon.Runtime.AmazonServiceException or UntrustworthyAnswerException, $"{e.GetType()}: {Encoding.UTF8.GetString(damaged)}");
                Assert.NotEmpty(failure.Code);
            }
        }
    }
}
