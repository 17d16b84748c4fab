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
    public async Task Objects_are_listed_page_by_page_read_in_parts_and_replaced_or_deleted_only_as_they_were_read()
    {
        using AmazonS3Client client = new(new BasicAWSCredentials("a", "b"), new AwsClientConfig(AmazonS3Client.Service, "us-east-1", _cloud.Endpoint));
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        const string Key = "of/mine/a b+ü&.ndjson";
        _cloud.S3.Put("letters", Key, "0123456789");
        foreach (int i in Enumerable.Range(0, 1_001))
        {
            _cloud.S3.Put("letters", $"other/{i:D4}", "x");
        }

        ListObjectsV2Response mine = await client.ListObjectsV2Async(new() { BucketName = "letters", Prefix = "of/" }, cancellation);
        ListObjectsV2Response first = await client.ListObjectsV2Async(new() { BucketName = "letters", Prefix = "other/" }, cancellation);
        ListObjectsV2Response last = await client.ListObjectsV2Async(new() { BucketName = "letters", Prefix = "other/", ContinuationToken = first.NextContinuationToken }, cancellation);
        Assert.Equal((Key, 10L), (Assert.Single(mine.Contents!).Key, mine.Contents![0].Size));
        Assert.Equal((null, 1_000, "other/1000", null), (mine.NextContinuationToken, first.Contents!.Count, Assert.Single(last.Contents!).Key, last.NextContinuationToken));

        GetObjectResponse whole = await client.GetObjectAsync(new() { BucketName = "letters", Key = Key }, cancellation);
        GetObjectResponse part = await client.GetObjectAsync(new() { BucketName = "letters", Key = Key, Range = (8, 99), IfMatch = whole.ETag }, cancellation);
        Assert.Equal(("0123456789", "89", mine.Contents[0].ETag), (Encoding.UTF8.GetString(whole.Data.Span), Encoding.UTF8.GetString(part.Data.Span), whole.ETag));

        using var body = new FanOut.Aws.Protocols.RequestBody(16);
        body.Write("new"u8);
        var put = new PutObjectRequest { BucketName = "letters", Key = Key, Body = body };
        Assert.NotEqual(whole.ETag, (await client.PutObjectIfMatchAsync(put, whole.ETag!, cancellation)).ETag);
        Assert.Equal("new", _bucket.Find(Key)!.Text);
        foreach (Func<Task> late in new Func<Task>[]
        {
            () => client.PutObjectIfMatchAsync(put, whole.ETag!, cancellation),
            () => client.DeleteObjectAsync(new() { BucketName = "letters", Key = Key, IfMatch = whole.ETag }, cancellation),
            () => client.GetObjectAsync(new() { BucketName = "letters", Key = Key, IfMatch = whole.ETag }, cancellation),
        })
        {
            Assert.Equal("PreconditionFailed", (await Assert.ThrowsAsync<AmazonS3Exception>(late)).ErrorCode);
        }

        await client.DeleteObjectAsync(new() { BucketName = "letters", Key = Key, IfMatch = _bucket.Find(Key)!.ETag }, cancellation);
        await client.DeleteObjectAsync(new() { BucketName = "letters", Key = Key }, cancellation);
        Assert.Equal("NoSuchKey", (await Assert.ThrowsAsync<AmazonS3Exception>(() => client.GetObjectAsync(new() { BucketName = "letters", Key = Key }, cancellation))).ErrorCode);
        Assert.Equal("NoSuchKey", (await Assert.ThrowsAsync<AmazonS3Exception>(() => client.PutObjectIfMatchAsync(put, whole.ETag!, cancellation))).ErrorCode);
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
    [InlineData("DELETE", "/letters", 405, "MethodNotAllowed")]
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
