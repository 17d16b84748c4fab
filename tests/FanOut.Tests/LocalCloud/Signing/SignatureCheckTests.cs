using System.Security.Cryptography;

namespace FanOut.Tests.LocalCloud.Signing;

public sealed class SignatureCheckTests : CloudTests
{
    [Fact]
    public async Task A_request_without_a_signature_is_refused_in_each_protocols_shape()
    {
        Answer json = await Send("kinesis", request => request.Headers.Remove("Authorization"));
        Answer query = await Aws.SendAsync(
            "sns", HttpMethod.Post, "/", "Action=ListTopics"u8.ToArray(), "application/x-www-form-urlencoded", request => request.Headers.Remove("Authorization"));

        Assert.Equal((400, "MissingAuthenticationTokenException"), (json.Status, json.Error));
        Assert.Equal((403, "MissingAuthenticationToken"), (query.Status, query.Error));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host;x-amz-date, Signature=00", "requires 'Credential'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/kinesis/aws4_request, Signature=00", "requires 'SignedHeaders'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=00", "64 hexadecimal")]
    [InlineData("AWS4-HMAC-SHA256 Credential=A/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature={0}", "5 slash-delimited")]
    public async Task A_signature_of_the_wrong_form_is_incomplete(string authorization, string message)
    {
        Answer answer = await Send("kinesis", request => Authorize(request, authorization));

        Assert.Equal((400, "IncompleteSignatureException"), (answer.Status, answer.Error));
        Assert.Contains(message, answer.Text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20261124", "host", "x-amz-date")]
    [InlineData("20261124", "x-amz-date", "host")]
    [InlineData("20261123", "host;x-amz-date", "scope")]
    [InlineData("20261124", "x-amz-date;host", "sorted")]
    [InlineData("20261124", "host;x-amz-date;x-amz-security-token", "was not sent")]
    public async Task Host_and_date_must_be_signed_and_the_scope_must_be_of_that_day(string day, string headers, string message)
    {
        Answer answer = await Send("kinesis", request => Authorize(
            request, $"AWS4-HMAC-SHA256 Credential=A/{day}/us-east-1/kinesis/aws4_request, SignedHeaders={headers}, Signature={{0}}"));

        Assert.Equal((400, "InvalidSignatureException"), (answer.Status, answer.Error));
        Assert.Contains(message, answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("20261124T114500Z", "expired")]
    [InlineData("20261124T114501Z", null)]
    [InlineData("20261124T121500Z", null)]
    [InlineData("20261124T121501Z", "not yet current")]
    public async Task A_signature_holds_for_a_quarter_of_an_hour_in_both_directions(string date, string? message)
    {
        Answer answer = await Send("kinesis", request =>
        {
            request.Headers.Remove("X-Amz-Date");
            request.Headers.Add("X-Amz-Date", date);
        });

        Assert.Equal(message is null ? null : "InvalidSignatureException", answer.Error);
        Assert.Contains(message ?? "StreamNames", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_digest_must_be_that_of_the_body()
    {
        Answer wrong = await Send("kinesis", request => request.Headers.Add("X-Amz-Content-Sha256", new string('0', 64)));
        Answer right = await Send("kinesis", request => request.Headers.Add("X-Amz-Content-Sha256", Convert.ToHexString(SHA256.HashData("{}"u8)).ToLowerInvariant()));

        Assert.Equal(("InvalidSignatureException", null), (wrong.Error, right.Error));
    }

    [Fact]
    public async Task OpenSearch_Serverless_demands_the_digest()
    {
        Answer answer = await Aws.BulkAsync("/i/_bulk", "{\"index\":{}}\n{}\n", "aoss");

        Assert.Equal(403, answer.Status);
        Assert.Contains("x-amz-content-sha256", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_and_an_operation_that_is_not_there_are_told_apart()
    {
        Answer service = await Aws.JsonAsync("glacier", "Glacier.List", "{}");
        Answer operation = await Aws.KinesisAsync("Levitate", "{}");
        Answer action = await Aws.QueryAsync("sns", ("Action", "Shout"));

        Assert.Equal((404, "UnknownService"), (service.Status, service.Error));
        Assert.Equal((400, "UnknownOperationException"), (operation.Status, operation.Error));
        Assert.Equal((400, "InvalidAction"), (action.Status, action.Error));
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_and_every_call_is_in_the_log()
    {
        Answer good = await Aws.KinesisAsync("ListStreams", "{}");
        Answer bad = await Aws.KinesisAsync("DescribeStream", """{"StreamName":"none"}""");

        Assert.Equal(
            [
                (1, "kinesis", "ListStreams", null, 200, null, good.Headers["x-amzn-RequestId"]),
                (2, "kinesis", "DescribeStream", "arn:aws:kinesis:us-east-1:123456789012:stream/none", 400, "ResourceNotFoundException", bad.Headers["x-amzn-RequestId"]),
            ],
            Cloud.Calls.Select(call => (call.Number, call.Service, call.Operation, call.Destination, call.Status, call.ErrorCode, call.RequestId)));
        Assert.All(Cloud.Calls, call => Assert.Equal(("AKIDEXAMPLE", "us-east-1", Cloud.Options.AccountId), (call.AccessKeyId, call.Region, call.AccountId)));
    }

    private Task<Answer> Send(string service, Action<HttpRequestMessage> change) => Aws.SendAsync(
        service,
        HttpMethod.Post,
        "/",
        "{}"u8.ToArray(),
        "application/x-amz-json-1.1",
        request =>
        {
            request.Headers.Add("X-Amz-Target", "Kinesis_20131202.ListStreams");
            change(request);
        });

    private static void Authorize(HttpRequestMessage request, string authorization)
    {
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization.Replace("{0}", new string('a', 64), StringComparison.Ordinal));
    }
}
