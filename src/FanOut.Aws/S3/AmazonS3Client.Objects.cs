using System.Buffers;
using System.Globalization;
using System.Net;
using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.S3;

/// <content>Reading, replacing and deleting objects: what the module does, not the function.</content>
public sealed partial class AmazonS3Client
{
    /// <summary>A page of a bucket's objects, in the order of their keys.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the call.</exception>
    public Task<ListObjectsV2Response> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A key may have characters that XML has not.
        IReadOnlyList<KeyValuePair<string, string>> query = WireRequest.Parameters(
            ("list-type", "2"), ("encoding-type", "url"), ("prefix", request.Prefix is { Length: > 0 } prefix ? prefix : null), ("continuation-token", request.ContinuationToken));
        WireRequest wire = OfBucket("ListObjectsV2", request.BucketName, query);
        return SendAsync(wire, AwsQuery.WholeAnswers<ListObjectsV2Response>(ReadObjects, AmazonS3Exception.Of), cancellationToken);
    }

    /// <summary>An object, or a part of it.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the call; <c>NoSuchKey</c>: there is none, <c>PreconditionFailed</c>: it has another ETag.</exception>
    public Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<KeyValuePair<string, string>> headers = [];
        if (request.Range is { } range)
        {
            headers.Add(new("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={range.First}-{range.Last}")));
        }

        if (request.IfMatch is { } etag)
        {
            headers.Add(new("If-Match", etag));
        }

        return SendAsync(OfObject("GetObject", "GET", request.BucketName, request.Key, null, headers), new AnswerReader<GetObjectResponse>((a, r) => ReadGetObject(a, r, request.Into), AwsQuery.Instance, AmazonS3Exception.Of), cancellationToken);
    }

    /// <summary>Replaces an object, if it is still the one that was read.</summary>
    /// <param name="request">The new object, under the same key.</param>
    /// <param name="etag">The ETag of the one that was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AmazonS3Exception">
    /// <c>PreconditionFailed</c>: it is another one by now, <c>NoSuchKey</c>: it is gone, <c>ConditionalRequestConflict</c>: it is being changed.
    /// </exception>
    public Task<PutObjectResponse> PutObjectIfMatchAsync(PutObjectRequest request, string etag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        KeyValuePair<string, string>[] headers = [new("x-amz-checksum-sha256", request.Body.Sha256Base64), new("If-Match", etag)];
        return SendAsync(OfObject("PutObject", "PUT", request.BucketName, request.Key, request.Body, headers, request.ContentType), PutObjectReader, cancellationToken);
    }

    /// <summary>Deletes an object. One that is not there is no error, unless a condition was given.</summary>
    /// <exception cref="AmazonS3Exception"><c>PreconditionFailed</c>: it has another ETag by now.</exception>
    public Task<DeleteObjectResponse> DeleteObjectAsync(DeleteObjectRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        KeyValuePair<string, string>[] headers = request.IfMatch is { } etag ? [new("If-Match", etag)] : [];
        return SendAsync(
            OfObject("DeleteObject", "DELETE", request.BucketName, request.Key, null, headers), AwsQuery.Done<DeleteObjectResponse>(AmazonS3Exception.Of), cancellationToken);
    }

    private WireRequest OfObject(
        string operation, string method, string bucket, string key, RequestBody? body, IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType = null)
    {
        bool isInPath = IsInPath(bucket);
        return new WireRequest(operation, body)
        {
            Method = method,
            HostPrefix = isInPath ? null : bucket + ".",
            Path = isInPath ? "/{bucket}/{key+}" : "/{key+}",
            PathParameter = new("{key+}", key),
            Subresource = isInPath ? new("{bucket}", bucket) : null,
            ContentType = contentType,
            Headers = headers,
        };
    }

    // <ListBucketResult><Contents><Key>…</Key><LastModified>…</LastModified><ETag>…</ETag><Size>…</Size></Contents>…<NextContinuationToken>…
    private static void ReadObjects(XElement xml, ListObjectsV2Response response)
    {
        response.Contents = [.. xml.Elements().Where(static e => e.Name.LocalName == "Contents").Select(static o => new S3ObjectSummary
        {
            Key = WebUtility.UrlDecode(o.Text("Key") ?? ""),
            ETag = o.Text("ETag") ?? "",
            Size = long.Parse(o.Text("Size") ?? "0", CultureInfo.InvariantCulture),
            LastModified = o.Time("LastModified"),
        })];
        response.NextContinuationToken = xml.Truth("IsTruncated") == true ? xml.Token("NextContinuationToken") : null;
    }

    private static void ReadGetObject(WireAnswer answer, GetObjectResponse response, IBufferWriter<byte>? into)
    {
        if (into is null)
        {
            response.Data = answer.Body.ToArray();
        }
        else
        {
            into.Write(answer.Body);
        }

        response.ETag = answer.Header("ETag");
    }
}
