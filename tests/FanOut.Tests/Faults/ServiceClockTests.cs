using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.SecurityToken;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Faults;

/// <summary>Services whose clock differs from this machine's, and who check a signature's date as AWS does: 15 minutes either way.</summary>
public class ServiceClockTests
{
    private static readonly string[] Expired = ["InvalidSignatureException", "Signature expired: 20261128T000000Z is now earlier than 20261128T010000Z (20261128T011500Z - 15 min.)"];
    private static readonly string[] TooEarly = ["InvalidSignatureException", "Signature not yet current: 20261128T020000Z is still later than 20261128T011500Z (20261128T010000Z + 15 min.)"];

    public static TheoryData<Service, int> Skews => [.. from service in FaultyService.OverHttp from minutes in (int[])[-1440, -60, 16, 60] select (service, minutes)];

    [Theory]
    [MemberData(nameof(Skews))]
    public async Task A_call_that_is_refused_for_its_date_is_sent_again_by_the_service_s_clock(Service service, int minutes)
    {
        var requests = new List<string>();
        await using HttpServer server = Start(service, TimeSpan.FromMinutes(minutes), requests, (early, late) => service switch
        {
            Service.S3 => ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
            Service.Sns or Service.Sts => ["SignatureDoesNotMatch", (early ? TooEarly : Expired)[1]],
            _ => early ? TooEarly : Expired,
        });

        await CallAsync(service, server.Endpoint);

        Assert.Equal(["refused", "taken"], requests);
    }

    // AWS's front ends do not always say that it is the date.
    [Theory]
    [InlineData(Service.Lambda, "InvalidSignatureException")]
    [InlineData(Service.Sns, "SignatureDoesNotMatch")]
    [InlineData(Service.Kinesis, "AccessDeniedException")]
    public async Task A_signature_that_does_not_match_where_the_clocks_differ_is_made_anew(Service service, string code)
    {
        var requests = new List<string>();
        await using HttpServer server = Start(service, TimeSpan.FromHours(2), requests, (_, _) => [code, "The request signature we calculated does not match the signature you provided."]);

        await CallAsync(service, server.Endpoint);

        Assert.Equal(["refused", "taken"], requests);
    }

    [Theory]
    [InlineData("InvalidSignatureException")]
    [InlineData("AccessDeniedException")]
    [InlineData("SignatureDoesNotMatch")]
    public async Task A_wrong_secret_is_no_matter_of_the_clock(string code)
    {
        int requests = 0;
        await using HttpServer server = HttpServer.Start((_, _) =>
        {
            requests++;
            return Task.FromResult(FaultyService.Error(Service.Kinesis, 400, code, "The request signature we calculated does not match the signature you provided."));
        });

        Failure failure = Classify.Of(await Assert.ThrowsAnyAsync<Exception>(() => FaultyService.CallAsync(Service.Kinesis, server.Endpoint)));

        Assert.Equal((FailureClass.PermanentTarget, 1), (failure.Class, requests));
    }

    [Fact]
    public async Task A_service_that_finds_every_date_wrong_is_asked_again_later_and_not_for_ever_now()
    {
        int requests = 0;
        await using HttpServer server = HttpServer.Start((_, _) =>
        {
            requests++;
            return Task.FromResult(FaultyService.Error(Service.Lambda, 403, Expired[0], Expired[1]));
        });

        Failure failure = Classify.Of(await Assert.ThrowsAnyAsync<Exception>(() => FaultyService.CallAsync(Service.Lambda, server.Endpoint)));

        Assert.Equal((FailureClass.Refused, "InvalidSignatureException", 2), (failure.Class, failure.Code, requests));
    }

    [Fact]
    public async Task A_client_keeps_what_it_has_learned()
    {
        var requests = new List<string>();
        await using HttpServer server = Start(Service.Kinesis, TimeSpan.FromHours(-3), requests, (early, _) => early ? TooEarly : Expired);
        using var client = (FanOut.Aws.Kinesis.AmazonKinesisClient)TestTargets.Client(TargetType.Kinesis, server.Endpoint);

        for (int i = 0; i < 3; i++)
        {
            await client.PutRecordsAsync(new() { StreamName = "s", Records = new PutRecordsEntries(0) }, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["refused", "taken", "taken", "taken"], requests);
    }

    [Fact]
    public async Task A_role_is_assumed_and_the_table_read_whatever_this_machine_s_clock_says()
    {
        foreach (int hours in (int[])[-5, 5])
        {
            var requests = new List<string>();
            await using HttpServer server = Start(Service.Sts, TimeSpan.FromHours(hours), requests, (early, _) => ["SignatureDoesNotMatch", (early ? TooEarly : Expired)[1]]);
            using var sts = new AmazonSecurityTokenServiceClient(TestTargets.Own, new AmazonSecurityTokenServiceConfig { ServiceURL = server.Endpoint.AbsoluteUri });
            var roles = new AssumedRoles(sts, "f", TimeProvider.System);
            Assert.Equal("AKIA", (await roles.For("arn:aws:iam::123456789012:role/r", null).GetCredentialsAsync()).AccessKey);
            Assert.Equal(["refused", "taken"], requests);

            requests.Clear();
            await using HttpServer table = Start(Service.DynamoDb, TimeSpan.FromHours(hours), requests, (early, _) => early ? TooEarly : Expired);
            using var dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig { ServiceURL = table.Endpoint.AbsoluteUri, HttpClientFactory = SharedHttpClientFactory.Instance });
            Assert.Empty((await new DynamoMappingSource(dynamo, "t").ReadAsync("arn", TestContext.Current.CancellationToken)).Mappings);
            Assert.Equal(["refused", "taken"], requests);
        }
    }

    [Fact]
    public void Calls_that_were_sent_before_the_clock_was_set_are_corrected_too()
    {
        var time = new FakeTimeProvider();
        var clock = new ServiceClock(time);
        DateTimeOffset there = time.GetUtcNow().AddHours(1);

        Assert.True(clock.Correct("InvalidSignatureException", "does not match", there, TimeSpan.Zero));
        Assert.True(clock.Correct("InvalidSignatureException", "does not match", there, TimeSpan.Zero));
        Assert.False(clock.Correct("InvalidSignatureException", "does not match", there, clock.Offset));
        Assert.False(clock.Correct("ThrottlingException", "slow", there.AddHours(1), clock.Offset));
        Assert.Equal(there, clock.Now);
    }

    private static async Task CallAsync(Service service, Uri endpoint)
    {
        // AWSSDK's own clients correct themselves only if they may send again, as they may in the function.
        if (service == Service.Sts)
        {
            using var sts = new AmazonSecurityTokenServiceClient(TestTargets.Own, new AmazonSecurityTokenServiceConfig { ServiceURL = endpoint.AbsoluteUri });
            await sts.AssumeRoleAsync(new() { RoleArn = "arn:aws:iam::123456789012:role/r", RoleSessionName = "fanout" }, TestContext.Current.CancellationToken);
        }
        else if (service == Service.DynamoDb)
        {
            using var dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig { ServiceURL = endpoint.AbsoluteUri });
            await dynamo.QueryAsync(new() { TableName = "t", KeyConditionExpression = "a = :b" }, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Empty((await FaultyService.CallAsync(service, endpoint)).Items);
        }
    }

    /// <summary>A service whose clock is ahead by so much.</summary>
    private static HttpServer Start(Service service, TimeSpan ahead, List<string> requests, Func<bool, bool, string[]> refuse)
    {
        var clock = new OtherTime(ahead);
        return HttpServer.Start((request, _) =>
        {
            var signedAt = DateTimeOffset.ParseExact(request.Header("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            TimeSpan early = signedAt - clock.GetUtcNow();
            if (early.Duration() <= TimeSpan.FromMinutes(15))
            {
                requests.Add("taken");
                return Task.FromResult(Taken(service));
            }

            requests.Add("refused");
            string[] why = refuse(early > TimeSpan.Zero, early < TimeSpan.Zero);
            return Task.FromResult(FaultyService.Error(service, service is Service.Kinesis or Service.Firehose or Service.Events or Service.States or Service.DynamoDb ? 400 : 403, why[0], why[1]));
        }, timeProvider: clock);
    }

    private static HttpResponse Taken(Service service)
    {
        HttpResponse answer = HttpResponse.Text(service == Service.Lambda ? 202 : 200, "text/plain", service switch
        {
            Service.Kinesis => """{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1"},{"SequenceNumber":"2"},{"SequenceNumber":"3"}]}""",
            Service.Events => """{"FailedEntryCount":0,"Entries":[{"EventId":"1"},{"EventId":"2"},{"EventId":"3"}]}""",
            Service.States => """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:m:1"}""",
            Service.Firehose => """{"FailedPutCount":0,"RequestResponses":[{"RecordId":"1"},{"RecordId":"2"},{"RecordId":"3"}]}""",
            Service.Sqs => """{"Successful":[{"Id":"0"},{"Id":"1"},{"Id":"2"}]}""",
            Service.Sns => "<R><PublishBatchResult><Successful><member><Id>0</Id></member><member><Id>1</Id></member><member><Id>2</Id></member></Successful></PublishBatchResult></R>",
            Service.OpenSearch => """{"items":[{"index":{"status":201}},{"index":{"status":201}},{"index":{"status":201}}]}""",
            Service.DynamoDb => """{"Items":[],"Count":0}""",
            Service.Sts => "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
            _ => "",
        });
        answer.Headers["ETag"] = "\"e\"";
        return answer;
    }

    private sealed class OtherTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
