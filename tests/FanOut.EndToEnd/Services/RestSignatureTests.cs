using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearch;
using FanOut.Aws.Protocols;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.LocalCloud.Http;

namespace FanOut.EndToEnd.Services;

/// <summary>Requests whose path or query is encoded, which moto cannot check: it computes signatures over what it decoded.</summary>
public sealed class RestSignatureTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:f";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Encoded_paths_and_queries_are_signed_as_botocore_signs_them()
    {
        ConcurrentQueue<HttpRequest> arrived = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            arrived.Enqueue(request);
            return Task.FromResult(HttpResponse.Text(200, "application/json", "{}"));
        });
        using AmazonLambdaClient client = new(new BasicAWSCredentials("AKIAKEY", "secret"), Emulated.Config(AmazonLambdaClient.Service, server.Endpoint));

        await client.GetFunctionConfigurationAsync(new() { FunctionName = Arn, Qualifier = "a+b é/~" }, Cancellation);
        await client.UpdateFunctionConfigurationAsync(new() { FunctionName = Arn, Description = "é" }, Cancellation);
        await client.ListEventSourceMappingsAsync(new() { EventSourceArn = "arn:aws:dynamodb:eu-west-1:1:table/t/stream/2026", FunctionName = "é +&=/~", MaxItems = 10 }, Cancellation);
        await client.DeleteEventSourceMappingAsync(new() { UUID = "a:b c/d+é~%2F" }, Cancellation);
        await client.GetAliasAsync(new() { FunctionName = Arn, Name = "a/é+" }, Cancellation);
        await client.UntagResourceAsync(new() { Resource = Arn, TagKeys = ["b c", "a&é", "A"] }, Cancellation);

        Assert.Equal(
            [
                "GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/configuration?Qualifier=a%2Bb%20%C3%A9%2F~",
                "PUT /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/configuration?",
                "GET /2015-03-31/event-source-mappings?EventSourceArn=arn%3Aaws%3Adynamodb%3Aeu-west-1%3A1%3Atable%2Ft%2Fstream%2F2026&FunctionName=%C3%A9%20%2B%26%3D%2F~&MaxItems=10",
                "DELETE /2015-03-31/event-source-mappings/a%3Ab%20c%2Fd%2B%C3%A9~%252F?",
                "GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/aliases/a%2F%C3%A9%2B?",
                "DELETE /2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af?tagKeys=A&tagKeys=a%26%C3%A9&tagKeys=b%20c",
            ],
            arrived.Select(request => $"{request.Method} {request.Path}?{request.Query}"));
        foreach (HttpRequest request in arrived)
        {
            // botocore takes the body's hash from the header.
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), request.Header("x-amz-content-sha256"));
            string expected = await BotocoreSignature.OfAsync(request, "AKIAKEY", "secret", "lambda", Emulated.Region);
            Assert.Matches("^[0-9a-f]{64}$", expected);
            Assert.Equal(expected, BotocoreSignature.Part(request, "Signature"));
        }
    }

    [Fact]
    public async Task What_the_function_sends_is_signed_as_botocore_signs_it()
    {
        const string Token = "IQoJb3JpZ2luX2VjEDoaCXVzLWVhc3QtMSJGMEQCIC//+/x==";
        ConcurrentQueue<HttpRequest> arrived = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            arrived.Enqueue(request);
            return Task.FromResult(HttpResponse.Text(200, "application/json", "{}"));
        });
        SessionAWSCredentials credentials = new("AKIAKEY", "secret", Token);
        AwsClientConfig Config(AwsService service) => Emulated.Config(service, server.Endpoint);
        using AmazonIotDataClient iot = new(credentials, Config(AmazonIotDataClient.Service));
        using AmazonLambdaClient lambda = new(credentials, Config(AmazonLambdaClient.Service));
        using OpenSearchClient domain = new(credentials, OpenSearchClient.Domain, Config(OpenSearchClient.Domain));
        using OpenSearchClient serverless = new(credentials, OpenSearchClient.Serverless, Config(OpenSearchClient.Serverless));
        using AmazonSQSClient sqs = new(credentials, Config(AmazonSQSClient.Service));
        using AmazonSimpleNotificationServiceClient sns = new(credentials, Config(AmazonSimpleNotificationServiceClient.Service));
        using AmazonKinesisClient kinesis = new(credentials, Config(AmazonKinesisClient.Service));
        using RequestBody body = new(16);
        body.Write("{\"é\":1}\n"u8);

        await iot.PublishAsync(new() { Topic = "a/b é+~(1)/..", Payload = "x"u8.ToArray() }, Cancellation);
        await iot.PublishAsync(new() { Topic = "$aws/rules/r", Qos = 0, Payload = "x"u8.ToArray() }, Cancellation);
        await iot.PublishAsync(new() { Topic = "p", Payload = "x"u8.ToArray(), UserProperties = """[{"é":"1"}]"""u8.ToArray() }, Cancellation);
        await lambda.InvokeAsync(new() { FunctionName = Arn, Qualifier = "a$b", Payload = body }, Cancellation);
        await domain.BulkAsync(new() { Index = "<logs-{now/d}>", DocumentType = "t é", Body = body }, Cancellation);
        await serverless.BulkAsync(new() { Index = "logs", Body = body }, Cancellation);
        await sqs.SendMessageBatchAsync(new() { QueueUrl = "https://q", Entries = new SendMessageBatchRequestEntry[] { new("é"u8.ToArray()) } }, Cancellation);

        // Its answers are XML, so this one cannot be read.
        await Assert.ThrowsAsync<AmazonUnmarshallingException>(
            () => sns.PublishBatchAsync(new() { TopicArn = "arn:t", PublishBatchRequestEntries = new PublishBatchRequestEntry[] { new("é &="u8.ToArray()) } }, Cancellation));
        await kinesis.PutRecordsAsync(new() { StreamARN = "arn:s", Records = PutRecordsEntries.Of(new PutRecordsRequestEntry(new Blob("x"u8.ToArray(), false), "é"u8.ToArray(), default)) }, Cancellation);

        Assert.Equal(
            [
                "/topics/a%2Fb%20%C3%A9%2B~%281%29%2F..?qos=1",
                "/topics/%24aws%2Frules%2Fr?qos=0",
                "/topics/p?qos=1",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations?Qualifier=a%24b",
                "/%3Clogs-%7Bnow%2Fd%7D%3E/t%20%C3%A9/_bulk?filter_path=items.%2A.status%2Citems.%2A.error.type%2Citems.%2A.error.reason",
                "/logs/_bulk?filter_path=items.%2A.status%2Citems.%2A.error.type%2Citems.%2A.error.reason",
                "/?", "/?", "/?",
            ],
            arrived.Select(request => $"{request.Path}?{request.Query}"));
        Assert.Equal(["x-amz-mqtt5-user-properties"], arrived.SelectMany(static r => BotocoreSignature.Part(r, "SignedHeaders").Split(';')).Where(static h => h.Contains("mqtt5", StringComparison.Ordinal)));
        foreach ((HttpRequest request, string service) in arrived.Zip(["iotdata", "iotdata", "iotdata", "lambda", "es", "aoss", "sqs", "sns", "kinesis"]))
        {
            Assert.Equal(Token, request.Header("x-amz-security-token"));
            Assert.Contains("x-amz-security-token", BotocoreSignature.Part(request, "SignedHeaders"), StringComparison.Ordinal);
            Assert.Equal((service, await BotocoreSignature.OfAsync(request, "AKIAKEY", "secret", service, Emulated.Region)), (service, BotocoreSignature.Part(request, "Signature")));
        }
    }
}
