using Amazon.DynamoDBv2;
using Amazon.SecurityToken;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Faults;

/// <summary>Errors as each service words them, and the product's own ways to call it.</summary>
internal static class FaultyService
{
    /// <summary>The services that are reached over HTTP.</summary>
    public static IReadOnlyList<Service> OverHttp { get; } =
    [
        Service.Kinesis, Service.Firehose, Service.Sqs, Service.Sns, Service.Iot, Service.Lambda, Service.Events, Service.States, Service.OpenSearch, Service.S3, Service.Sts, Service.DynamoDb,
    ];

    /// <summary>An error in the service's protocol.</summary>
    public static HttpResponse Error(Service service, int status, string code, string message = "words")
    {
        string json = System.Text.Json.JsonEncodedText.Encode(message).ToString();
        switch (service)
        {
            case Service.Sns or Service.Sts:
                return HttpResponse.Text(status, "text/xml", $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>");
            case Service.S3:
                return HttpResponse.Text(status, "application/xml", $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>r</RequestId></Error>");
            case Service.OpenSearch when code.EndsWith("_exception", StringComparison.Ordinal):
                return HttpResponse.Text(status, "application/json", $$"""{"error":{"root_cause":[{"type":"other","reason":"other"}],"type":"{{code}}","reason":"{{json}}"},"status":{{status}}}""");
            case Service.Lambda or Service.Iot or Service.OpenSearch:
                HttpResponse rest = HttpResponse.Text(status, "application/json", $$"""{"message":"{{json}}"}""");
                rest.Headers["x-amzn-ErrorType"] = code + ":http://internal.amazon.com/coral/com.amazonaws.service/";
                return rest;
            default:
                return HttpResponse.Text(status, "application/x-amz-json-1.1", $$"""{"__type":"com.amazonaws.service#{{code}}","message":"{{json}}"}""");
        }
    }

    /// <summary>Calls the service as the product does: a target with three records, a dead letter's object, a role, the table.</summary>
    public static async Task<Receipt> CallAsync(Service service, Uri endpoint)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        switch (service)
        {
            case Service.S3:
                using (var s3 = new AmazonS3Client(TestTargets.Own, new AwsClientConfig(AmazonS3Client.Service, "us-east-1", endpoint)))
                using (var body = new RequestBody(16))
                {
                    body.Write("{}\n"u8);
                    await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key", Body = body }, cancellation);
                    return Receipt.AllTaken;
                }

            case Service.Sts:
                using (var sts = new AmazonSecurityTokenServiceClient(TestTargets.Own, new AmazonSecurityTokenServiceConfig { ServiceURL = endpoint.AbsoluteUri, MaxErrorRetry = 0 }))
                {
                    await sts.AssumeRoleAsync(new() { RoleArn = "arn:aws:iam::123456789012:role/r", RoleSessionName = "fanout" }, cancellation);
                    return Receipt.AllTaken;
                }

            case Service.DynamoDb:
                using (var dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig { ServiceURL = endpoint.AbsoluteUri, MaxErrorRetry = 0 }))
                {
                    await dynamo.QueryAsync(new() { TableName = "t", KeyConditionExpression = "a = :b" }, cancellation);
                    return Receipt.AllTaken;
                }
        }

        TargetType type = Enum.Parse<TargetType>(service == Service.OpenSearch ? "Es" : service.ToString(), ignoreCase: true);
        using AwsClient client = TestTargets.Client(type, endpoint);
        await using ITarget target = TestTargets.Target(TestTargets.Mapping(type) with { Collapse = Collapse.None }, client);
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, 3).Select(n => TestPayloads.Payload($"{{\"n\":{n}}}", "k"))]);
        return await target.SendAsync(batch, batch.Items.ToArray(), cancellation);
    }

    /// <summary>The exception with which the call ends.</summary>
    public static async Task<Exception> ThrownAsync(Service service, HttpResponse answer)
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(answer));
        return await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(service, server.Endpoint));
    }
}
