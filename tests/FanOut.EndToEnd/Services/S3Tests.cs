using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud.Http;

namespace FanOut.EndToEnd.Services;

public sealed class S3Tests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain/object.ndjson")]
    [InlineData("day=2026-11-25/x_(1)!'.ndjson")]
    public async Task An_object_is_read_as_it_was_put(string key)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.RestAsync(HttpMethod.Put, "s3", "/s3-objects");
        using AmazonS3Client client = Client(endpoint);
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
        using RequestBody body = Body(bytes);

        await client.PutObjectAsync(new() { BucketName = "s3-objects", Key = key, Body = body }, Cancellation);

        Assert.Equal(bytes, await api.RestAsync(HttpMethod.Get, "s3", "/s3-objects/" + string.Join('/', key.Split('/').Select(Uri.EscapeDataString))));
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_a_typed_refusal()
    {
        using AmazonS3Client client = Client((await moto.StartAsync()).Endpoint);
        using RequestBody body = Body("x"u8);

        AmazonS3Exception refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.PutObjectAsync(new() { BucketName = "s3-absent", Key = "x", Body = body }, Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "NoSuchBucket"), (refusal.StatusCode, refusal.ErrorCode));
    }

    [Fact]
    public async Task A_path_is_signed_as_it_is_sent_and_not_encoded_once_more()
    {
        ConcurrentQueue<HttpRequest> arrived = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            arrived.Enqueue(request);
            return Task.FromResult(new HttpResponse());
        });
        using AmazonS3Client client = new(new BasicAWSCredentials("AKIAKEY", "secret"), Emulated.Config(AmazonS3Client.Service, server.Endpoint));
        using RequestBody body = Body("é\n"u8);

        await client.PutObjectAsync(new() { BucketName = "b.c", Key = "day=1/x (1)!'é+~.ndjson", Body = body, ContentType = "application/x-ndjson" }, Cancellation);

        HttpRequest request = Assert.Single(arrived);
        Assert.Equal("/b.c/day%3D1/x%20%281%29%21%27%C3%A9%2B~.ndjson", request.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), request.Header("x-amz-content-sha256"));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(request.Body.Span)), request.Header("x-amz-checksum-sha256"));
        Assert.Equal(await BotocoreSignature.OfAsync(request, "AKIAKEY", "secret", "s3", Emulated.Region), BotocoreSignature.Part(request, "Signature"));
    }

    private static RequestBody Body(ReadOnlySpan<byte> bytes)
    {
        RequestBody body = new(bytes.Length);
        body.Write(bytes);
        return body;
    }

    [Fact]
    public async Task Buckets_are_listed_and_found_with_their_regions()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.RestAsync(HttpMethod.Put, "s3", "/s3-near");
        using ServiceApi far = new(endpoint, region: "eu-west-1");
        await far.RestAsync(HttpMethod.Put, "s3", "/s3-far", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"u8.ToArray());
        using AmazonS3Client client = Client(endpoint);

        string?[] names = [.. (await client.ListBucketsAsync(new(), Cancellation)).Buckets!.Select(static b => b.BucketName)];

        Assert.Contains("s3-near", names);
        Assert.Contains("s3-far", names);
        Assert.Equal("us-east-1", (await client.GetBucketLocationAsync(new() { BucketName = "s3-near" }, Cancellation)).Region);
        Assert.Equal("eu-west-1", (await client.GetBucketLocationAsync(new() { BucketName = "s3-far" }, Cancellation)).Region);
        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<AmazonS3Exception>(() => client.GetBucketLocationAsync(new() { BucketName = "s3-absent" }, Cancellation))).ErrorCode);
    }

    private static AmazonS3Client Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonS3Client.Service, endpoint));
}
