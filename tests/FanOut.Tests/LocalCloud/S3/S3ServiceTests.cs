using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.S3;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.S3;

namespace FanOut.Tests.LocalCloud.S3;

public sealed class S3ServiceTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();
    private readonly S3Bucket _bucket;
    private readonly AwsHttp _client;

    public S3ServiceTests() => (_bucket, _client) = (_cloud.S3.CreateBucket("letters"), new AwsHttp(_cloud));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("/letters/a/b%20c.txt", null)]
    [InlineData("/a/b%20c.txt", "letters.s3.us-east-1.amazonaws.com")]
    [InlineData("/a/b%20c.txt", "letters.s3-fips.us-east-1.amazonaws.com")]
    [InlineData("/a/b%20c.txt", "letters.localhost:4566")]
    [InlineData("/letters/a/b%20c.txt", "s3.us-east-1.amazonaws.com")]
    public async Task A_bucket_is_named_by_the_path_or_by_the_host(string path, string? host)
    {
        Assert.Equal(200, (await SendAsync(HttpMethod.Put, path, "x", r => r.Headers.Host = host)).Status);

        Assert.Equal(("a/b c.txt", "x"), (Assert.Single(_bucket.Objects).Key, _bucket.Objects[0].Text));
        Assert.Equal(("arn:aws:s3:::letters", "a/b c.txt"), (Assert.Single(_cloud.S3.Received).Destination, _cloud.S3.Received.Single().Id));
        Assert.Equal(("PutObject", "arn:aws:s3:::letters/a/b c.txt"), (_cloud.Calls.Single().Operation, _cloud.Calls.Single().Destination));
        Assert.Equal("x", (await SendAsync(HttpMethod.Get, "/letters/a/b%20c.txt")).Text);
    }

    [Fact]
    public async Task Buckets_come_page_by_page_with_their_regions()
    {
        _cloud.S3.CreateBucket("far", "eu-west-1");
        _cloud.S3.CreateBucket("letters-2", "eu-central-1");
        using AmazonS3Client client = new(new BasicAWSCredentials("a", "b"), new AwsClientConfig(AmazonS3Client.Service, "us-east-1", _cloud.Endpoint));
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        ListBucketsResponse first = await client.ListBucketsAsync(new() { MaxBuckets = 2 }, cancellation);
        ListBucketsResponse second = await client.ListBucketsAsync(new() { MaxBuckets = 2, ContinuationToken = first.ContinuationToken }, cancellation);
        ListBucketsResponse some = await client.ListBucketsAsync(new() { Prefix = "lett" }, cancellation);

        Assert.Equal(["far eu-west-1", "letters us-east-1", "letters-2 eu-central-1"], first.Buckets!.Concat(second.Buckets!).Select(static b => $"{b.BucketName} {b.BucketRegion}"));
        Assert.Equal((2, null, 2), (first.Buckets!.Count, second.ContinuationToken, some.Buckets!.Count));
        Assert.Equal("us-east-1", (await client.GetBucketLocationAsync(new() { BucketName = "letters" }, cancellation)).Region);
        Assert.Equal("eu-west-1", (await client.GetBucketLocationAsync(new() { BucketName = "far" }, cancellation)).Region);
        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<AmazonS3Exception>(() => client.GetBucketLocationAsync(new() { BucketName = "absent" }, cancellation))).ErrorCode);
    }

    [Theory]
    [InlineData("PUT", "/absent/x", 404, "NoSuchBucket")]
    [InlineData("GET", "/letters/absent", 404, "NoSuchKey")]
    [InlineData("DELETE", "/letters/x", 405, "MethodNotAllowed")]
    [InlineData("PUT", "/far/x", 301, "PermanentRedirect")]
    public async Task Refusals_have_the_form_of_S3(string method, string path, int status, string code)
    {
        _cloud.S3.CreateBucket("far", "eu-west-1");

        Answer answer = await SendAsync(new HttpMethod(method), path);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith($"<Error><Code>{code}</Code><Message>", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"<RequestId>{answer.Headers["x-amz-request-id"]}</RequestId>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_body_that_arrives_must_be_the_one_that_was_signed_and_summed()
    {
        Assert.Contains("InvalidRequest", (await _client.SendAsync("s3", HttpMethod.Put, "/letters/x", "x"u8.ToArray())).Text, StringComparison.Ordinal);
        Assert.Contains("BadDigest", (await SendAsync(HttpMethod.Put, "/letters/x", "x", r => r.Headers.Add("x-amz-checksum-sha256", "AAAA"))).Text, StringComparison.Ordinal);
        Assert.Contains("BadDigest", (await SendAsync(HttpMethod.Put, "/letters/x", "x", r => r.Content!.Headers.ContentMD5 = new byte[16])).Text, StringComparison.Ordinal);
        Assert.Empty(_bucket.Objects);
    }

    [Theory]
    [InlineData(FaultKind.Throttle, 503, "SlowDown")]
    [InlineData(FaultKind.ServerError, 500, "InternalError")]
    [InlineData(FaultKind.AccessDenied, 403, "AccessDenied")]
    [InlineData(FaultKind.NotFound, 404, "NoSuchBucket")]
    [InlineData(FaultKind.ExpiredToken, 400, "ExpiredToken")]
    public async Task Faults_speak_as_S3_does(FaultKind kind, int status, string code)
    {
        _cloud.Faults.Add(new Fault { Kind = kind, Service = "s3" });

        Answer answer = await SendAsync(HttpMethod.Put, "/letters/x", "x");

        Assert.Equal(status, answer.Status);
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_bucket.Objects);
    }

    [Fact]
    public async Task AWSs_own_client_understands_it()
    {
        string[] printed = await Boto.RunAsync(_cloud, """
            s3 = client("s3")
            s3.create_bucket(Bucket="other")
            for i in range(5): s3.put_object(Bucket="other", Key=f"a/é {i}", Body=b"x" * i, ContentType="text/plain")
            s3.put_object(Bucket="other", Key="b/1", Body=b"y")
            pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket="other", Prefix="a/", PaginationConfig={"PageSize": 2}))
            print(len(pages), [(o["Key"], o["Size"]) for p in pages for o in p["Contents"]])
            got = s3.get_object(Bucket="other", Key="a/é 3")
            print(got["Body"].read(), got["ContentType"])
            try: s3.get_object(Bucket="other", Key="absent")
            except s3.exceptions.NoSuchKey as e: print(e.response["Error"]["Code"])
            """);

        Assert.Equal(
            [
                "3 [('a/é 0', 0), ('a/é 1', 1), ('a/é 2', 2), ('a/é 3', 3), ('a/é 4', 4)]",
                "b'xxx' text/plain",
                "NoSuchKey",
            ],
            printed);
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, string body = "", Action<HttpRequestMessage>? change = null) => _client.SendAsync(
        "s3", method, path, Encoding.UTF8.GetBytes(body), change: request =>
        {
            request.Headers.Add("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
            change?.Invoke(request);
        });
}
