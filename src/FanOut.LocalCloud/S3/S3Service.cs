using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.S3;

/// <summary>S3: putting, reading, listing and deleting objects, also on the condition that they have not changed, without versions, multipart uploads and ACLs; bucket policies are only described.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html</remarks>
public sealed class S3Service : IService
{
    private readonly ConcurrentDictionary<string, S3Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal S3Service(CloudOptions options)
    {
        _options = options;
        ObjectLists lists = new(this);
        BucketLists buckets = new(this);
        _operations = new()
        {
            ["CreateBucket"] = Create,
            ["PutObject"] = Put,
            ["GetObject"] = Get,
            ["DeleteObject"] = Delete,
            ["ListObjectsV2"] = lists.List,
            ["ListBuckets"] = buckets.List,
            ["GetBucketLocation"] = buckets.Location,
            ["GetBucketPolicy"] = buckets.Policy,
            ["GetBucketEncryption"] = buckets.Encryption,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["s3"];

    /// <summary>Every object that was put, also those that were replaced; the destination is the bucket's ARN, the id is the key.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>All buckets.</summary>
    public IReadOnlyCollection<S3Bucket> Buckets => [.. _buckets.Values];

    /// <summary>Makes a bucket; an existing one is returned.</summary>
    /// <param name="name">Its name, unique across all accounts.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    public S3Bucket CreateBucket(string name, string? region = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _buckets.GetOrAdd(name, new S3Bucket(name, region ?? _options.Region));
    }

    /// <summary>The bucket with this name; null when there is none.</summary>
    public S3Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    /// <summary>Puts an object into a bucket, as somebody else would.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="text">What it holds.</param>
    public void Put(string bucket, string key, string text)
    {
        S3Bucket into = Find(bucket) ?? throw new ArgumentException($"There is no bucket {bucket}.", nameof(bucket));
        into.Put(new S3Object(key, System.Text.Encoding.UTF8.GetBytes(text), "binary/octet-stream", _options.TimeProvider.GetUtcNow()));
    }

    /// <summary>Deletes an object, as somebody else would.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    public void Delete(string bucket, string key) => Find(bucket)?.Delete(key);

    /// <summary>Puts an object into a bucket, as another service does; it is lost where there is no such bucket.</summary>
    internal void Deliver(string bucketArn, string key, ReadOnlyMemory<byte> data)
    {
        if (Find(ArnText.Part(bucketArn, 5)) is { } bucket)
        {
            DateTimeOffset now = _options.TimeProvider.GetUtcNow();
            bucket.Put(new S3Object(key, data, "binary/octet-stream", now));
            Received.Add(new Arrival(bucket.Arn, 0, now, data) { Id = key });
        }
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        S3Route route = S3Route.Of(serviceCall.Request);
        string arn = ArnOf(route.Key.Length == 0 ? route.Bucket : $"{route.Bucket}/{route.Key}", serviceCall.Region);
        return (serviceCall.Request.Method, IsObject: route.Key.Length > 0, IsBucket: route.Bucket.Length > 0) switch
        {
            ("PUT", IsObject: true, _) => new CallSubject("PutObject", arn),
            ("GET", IsObject: true, _) => new CallSubject("GetObject", arn),
            ("DELETE", IsObject: true, _) => new CallSubject("DeleteObject", arn),
            ("PUT", _, IsBucket: true) => new CallSubject("CreateBucket", arn),
            ("GET", _, IsBucket: true) when serviceCall.Request.QueryValue("list-type") == "2" => new CallSubject("ListObjectsV2", arn),
            ("GET", _, IsBucket: true) when serviceCall.Request.QueryValue("location") is not null => new CallSubject("GetBucketLocation", arn),
            ("GET", _, IsBucket: true) when serviceCall.Request.QueryValue("policy") is not null => new CallSubject("GetBucketPolicy", arn),
            ("GET", _, IsBucket: true) when serviceCall.Request.QueryValue("encryption") is not null => new CallSubject("GetBucketEncryption", arn),
            ("GET", _, IsBucket: false) => new CallSubject("ListBuckets"),
            var (method, _, _) => throw new ServiceException(
                "MethodNotAllowed", $"The stand-in's S3 has no {method} {serviceCall.Request.Path}; it has ListBuckets, CreateBucket, GetBucketLocation, GetBucketPolicy, GetBucketEncryption, PutObject, GetObject, DeleteObject and ListObjectsV2.", 405),
        };
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return serviceCall.Request.Header("x-amz-content-sha256") is null
            ? throw new ServiceException("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
            : _operations.AnswerAsync(serviceCall, cancellationToken);
    }

    internal static string ArnOf(string resource, string region) => $"arn:{ArnText.Partition(region)}:s3:::{resource}";

    internal S3Bucket Resolve(ServiceCall call)
    {
        S3Bucket bucket = Find(S3Route.Of(call.Request).Bucket) ?? throw new ServiceException("NoSuchBucket", "The specified bucket does not exist", 404);
        return bucket.Region == call.Region ? bucket : throw new ServiceException(
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
            301);
    }

    private HttpResponse Create(ServiceCall call)
    {
        string name = S3Route.Of(call.Request).Bucket;
        return _buckets.TryAdd(name, new S3Bucket(name, call.Region))
            ? Answer(call, new HttpResponse())
            : throw new ServiceException("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409);
    }

    private HttpResponse Put(ServiceCall call)
    {
        S3Bucket bucket = Resolve(call);
        CheckDigests(call.Request);
        string key = S3Route.Of(call.Request).Key;
        S3Object put = new(key, call.Request.Body, call.Request.Header("Content-Type") ?? "binary/octet-stream", call.Time);
        if (call.Request.Header("If-Match") is { } etag)
        {
            ReplaceIfMatch(bucket, key, etag, put);
        }
        else
        {
            bucket.Put(put);
        }

        Received.Add(new Arrival(bucket.Arn, call.Number, call.Time, put.Data) { Id = key });
        HttpResponse response = Answer(call, new HttpResponse());
        response.Headers["ETag"] = put.ETag;
        return response;
    }

    private HttpResponse Get(ServiceCall call)
    {
        S3Object found = Resolve(call).Find(S3Route.Of(call.Request).Key) ?? throw new ServiceException("NoSuchKey", "The specified key does not exist.", 404);
        if (call.Request.Header("If-Match") is { } etag && etag != found.ETag)
        {
            throw Changed();
        }

        (int status, ReadOnlyMemory<byte> data) = Part(found.Data, call.Request.Header("Range"));
        HttpResponse response = Answer(call, HttpResponse.Bytes(status, found.ContentType, data));
        response.Headers["ETag"] = found.ETag;
        response.Headers["Last-Modified"] = found.At.ToString("R", CultureInfo.InvariantCulture);
        return response;
    }

    private HttpResponse Delete(ServiceCall call)
    {
        S3Bucket bucket = Resolve(call);
        string key = S3Route.Of(call.Request).Key;
        if (call.Request.Header("If-Match") is { } etag)
        {
            ReplaceIfMatch(bucket, key, etag, null);
        }
        else
        {
            bucket.Delete(key);
        }

        return Answer(call, new HttpResponse { Status = 204 });
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
    private static void ReplaceIfMatch(S3Bucket bucket, string key, string etag, S3Object? put)
    {
        S3Object found = bucket.Find(key) ?? throw new ServiceException("NoSuchKey", "The specified key does not exist.", 404);
        if (found.ETag != etag || !bucket.TryReplace(found, put))
        {
            throw Changed();
        }
    }

    private static ServiceException Changed() => new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);

    // bytes=0-99
    private static (int Status, ReadOnlyMemory<byte> Data) Part(ReadOnlyMemory<byte> data, string? range)
    {
        if (range is null || !range.StartsWith("bytes=", StringComparison.Ordinal) || range["bytes=".Length..].Split('-') is not [var from, var to]
            || !int.TryParse(from, CultureInfo.InvariantCulture, out int first) || !int.TryParse(to, CultureInfo.InvariantCulture, out int last))
        {
            return (200, data);
        }

        return first < data.Length
            ? (206, data[first..Math.Min(last + 1, data.Length)])
            : throw new ServiceException("InvalidRange", "The requested range is not satisfiable", 416);
    }

    private static void CheckDigests(HttpRequest request)
    {
        if ((request.Header("x-amz-checksum-sha256") is { } sha256 && sha256 != Convert.ToBase64String(SHA256.HashData(request.Body.Span)))
            || (request.Header("Content-MD5") is { } md5 && md5 != Convert.ToBase64String(Checksum.Md5(request.Body.Span))))
        {
            throw new ServiceException("BadDigest", "The checksum you specified did not match the calculated checksum.");
        }
    }

    private static HttpResponse Answer(ServiceCall call, HttpResponse response)
    {
        response.Headers["x-amz-request-id"] = call.RequestId;
        return response;
    }
}
