using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;
using FanOut.Engine.Memcached;
using FanOut.Engine.Redis;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Faults;

/// <summary>Each row of the table, from the wire to the class.</summary>
public class KnownFaultsTests
{
    public static TheoryData<Service, string, FailureClass> OverHttp => [.. KnownFaults.All
        .Where(static f => FaultyService.OverHttp.Contains(f.Service) && !IsDelivery(f)).Select(static f => (f.Service, f.Code, f.Class))];

    public static TheoryData<string, FailureClass> OfAny => [.. KnownFaults.All.Where(static f => f.Service == Service.Any).Select(static f => (f.Code, f.Class))];

    public static TheoryData<string, FailureClass> OfRedis => [.. KnownFaults.All.Where(static f => f.Service == Service.Redis).Select(static f => (f.Code, f.Class))];

    public static TheoryData<Service, string, FailureClass> OfEntries => [.. KnownFaults.All
        .Where(static f => f.Service is Service.Kinesis or Service.Firehose or Service.Sqs or Service.Sns or Service.Events or Service.Any).Select(static f => (f.Service, f.Code, f.Class))];

    [Fact]
    public async Task An_execution_that_exists_already_was_delivered_before()
    {
        await using HttpServer server = HttpServer.Start(static (_, _) => Task.FromResult(FaultyService.Error(Service.States, 400, "ExecutionAlreadyExists")));

        Assert.Equal(Receipt.AllTaken, await FaultyService.CallAsync(Service.States, server.Endpoint));
    }

    [Theory]
    [MemberData(nameof(OverHttp))]
    public async Task A_documented_error_is_what_the_table_says_whatever_its_status(Service service, string code, FailureClass expected)
    {
        foreach (int status in (int[])[400, 403, 409, 500])
        {
            Exception e = await FaultyService.ThrownAsync(service, FaultyService.Error(service, status, code));
            Failure failure = Classify.Of(e);
            Assert.Equal((expected, code), (failure.Class, failure.Code));
        }
    }

    [Theory]
    [MemberData(nameof(OfAny))]
    public async Task What_all_services_say_means_the_same_at_each(string code, FailureClass expected)
    {
        foreach (Service service in FaultyService.OverHttp)
        {
            FailureClass own = KnownFaults.All.FirstOrDefault(f => f.Service == service && f.Code == code)?.Class ?? expected;
            Assert.Equal(own, Classify.Of(await FaultyService.ThrownAsync(service, FaultyService.Error(service, 400, code))).Class);
        }
    }

    // SQS and SNS blame the sender for being throttled, too: the code stands above whose fault it is said to be.
    [Theory]
    [MemberData(nameof(OfEntries))]
    public async Task An_entry_is_judged_by_its_code(Service service, string code, FailureClass documented)
    {
        FailureClass expected = documented == FailureClass.Ambiguous ? FailureClass.Refused : documented;
        foreach (bool senderFault in (bool[])[true, false])
        {
            foreach (Service of in service == Service.Any ? (Service[])[Service.Sqs, Service.Sns] : [service])
            {
                await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "text/plain", Entries(of, code, senderFault))));
                Receipt receipt = await FaultyService.CallAsync(of, server.Endpoint);
                Assert.Equal([new ItemFailure(1, new Failure(expected, code, "words"))], receipt.Items);
            }
        }
    }

    [Theory]
    [InlineData(Service.Sqs, true, FailureClass.PermanentItem)]
    [InlineData(Service.Sqs, false, FailureClass.Refused)]
    [InlineData(Service.Sns, true, FailureClass.PermanentItem)]
    [InlineData(Service.Sns, false, FailureClass.Refused)]
    [InlineData(Service.Kinesis, false, FailureClass.Refused)]
    [InlineData(Service.Firehose, false, FailureClass.Refused)]
    public async Task An_entry_with_a_code_that_nobody_documents_is_judged_by_whom_the_service_blames(Service service, bool senderFault, FailureClass expected)
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "text/plain", Entries(service, "Odd", senderFault))));

        Assert.Equal(expected, Assert.Single((await FaultyService.CallAsync(service, server.Endpoint)).Items).Failure.Class);
    }

    [Theory]
    [MemberData(nameof(OfRedis))]
    public void A_word_of_Redis_is_what_the_table_says(string code, FailureClass expected)
    {
        Assert.Equal(expected == FailureClass.PermanentTarget, RedisError.IsDenial($"{code} and more"));
        Assert.Equal(expected == FailureClass.Refused, RedisError.ToFailure(0, $"{code} and more").Retryable);
    }

    [Theory]
    [InlineData("NOT_STORED")]
    [InlineData("SERVER_ERROR out of memory storing object")]
    [InlineData("CLIENT_ERROR bad data chunk")]
    [InlineData("ERROR")]
    public void A_word_of_memcached_is_what_the_table_says(string line)
    {
        var batch = new NodeBatch(new[] { new CacheEntry("k"u8.ToArray(), default, false) });
        batch.Add(0);
        Assert.True(MemcachedAnswer.TryRead(System.Text.Encoding.ASCII.GetBytes(line + "\r\n"), out MemcachedAnswer answer, out _));
        batch.Take(answer);

        CacheFailure failure = Assert.Single(batch.Failures);
        Assert.Equal(line.Split(' ')[0], failure.Code);
        Assert.Equal(KnownFaults.ClassOf(Service.Memcached, failure.Code), failure.Retryable ? FailureClass.Refused : FailureClass.PermanentItem);
    }

    [Fact]
    public void A_role_that_cannot_be_assumed_for_now_is_tried_again()
    {
        foreach (KnownFault fault in KnownFaults.All.Where(static f => f.Service == Service.Sts))
        {
            var cause = new Amazon.SecurityToken.AmazonSecurityTokenServiceException("words", null, Amazon.Runtime.ErrorType.Sender, fault.Code, "r", System.Net.HttpStatusCode.BadRequest);
            Assert.Equal(fault.Class != FailureClass.PermanentTarget, new AssumeRoleException("arn:aws:iam::123456789012:role/r", false, cause).Retryable);
        }
    }

    [Fact]
    public void Each_row_says_where_it_is_documented() =>
        Assert.All(KnownFaults.All, static f => Assert.True(Uri.TryCreate(f.Source, UriKind.Absolute, out Uri? source) && source.Scheme == "https", f.ToString()));

    private static string Entries(Service service, string code, bool senderFault) => service switch
    {
        Service.Kinesis => $$"""{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1"},{"ErrorCode":"{{code}}","ErrorMessage":"words"},{"SequenceNumber":"3"}]}""",
        Service.Events => $$"""{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"{{code}}","ErrorMessage":"words"},{"EventId":"3"}]}""",
        Service.Firehose => $$"""{"FailedPutCount":1,"RequestResponses":[{"RecordId":"1"},{"ErrorCode":"{{code}}","ErrorMessage":"words"},{"RecordId":"3"}]}""",
        Service.Sqs => $$"""{"Successful":[{"Id":"0"},{"Id":"2"}],"Failed":[{"Id":"1","Code":"{{code}}","Message":"words","SenderFault":{{(senderFault ? "true" : "false")}}}]}""",
        _ => $"<PublishBatchResponse><PublishBatchResult><Successful><member><Id>0</Id></member><member><Id>2</Id></member></Successful><Failed><member><Id>1</Id><Code>{code}</Code><Message>words</Message><SenderFault>{(senderFault ? "true" : "false")}</SenderFault></member></Failed></PublishBatchResult></PublishBatchResponse>",
    };

    // What the target takes for the word that it has the record.
    private static bool IsDelivery(KnownFault fault) => fault is { Service: Service.States, Code: "ExecutionAlreadyExists" };
}
