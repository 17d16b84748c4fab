using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.S3;

/// <summary>Amazon S3: putting objects, finding buckets and seeing how they encrypt objects; the other half reads, replaces and deletes objects.</summary>
/// <remarks>AWSSDK.S3 could be used, but it would add 223 KB to the function's package; see docs/architecture.md.</remarks>
public sealed partial class AmazonS3Client : AwsClient
{
    private static readonly AnswerReader<PutObjectResponse> PutObjectReader =
        new(ReadPutObject, AwsQuery.Instance, AmazonS3Exception.Of);

    private static readonly AnswerReader<GetBucketPolicyResponse> GetBucketPolicyReader =
        new(static (answer, response) => response.Policy = Encoding.UTF8.GetString(answer.Body), AwsQuery.Instance, AmazonS3Exception.Of);

    private readonly bool _isGivenEndpoint;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonS3Client(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _isGivenEndpoint = config?.ServiceURL is { Length: > 0 };

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("S3", "s3", "s3", "2006-03-01") { SignsEncodedPath = false, SendsBodyHash = true, Exception = S3Host.Of };

    /// <summary>Puts an object, replacing one with the same key.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the object.</exception>
    public Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // Buckets with Object Lock accept no object without a checksum.
        KeyValuePair<string, string>[] headers = [new("x-amz-checksum-sha256", request.Body.Sha256Base64)];
        WireRequest wire = OfObject("PutObject", "PUT", request.BucketName, request.Key, null, headers, request.ContentType);
        return SendAsync(Head(wire), request.Body, PutObjectReader, cancellationToken);
    }

    /// <summary>How a bucket encrypts objects that do not say it themselves.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the call.</exception>
    public Task<GetBucketEncryptionResponse> GetBucketEncryptionAsync(GetBucketEncryptionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(OfBucket("GetBucketEncryption", request.BucketName, [new("encryption", "")]), AwsQuery.WholeAnswers<GetBucketEncryptionResponse>(ReadEncryption, AmazonS3Exception.Of), cancellationToken);
    }

    /// <summary>A bucket's policy.</summary>
    /// <exception cref="AmazonS3Exception">
    /// The service refused the call; <c>NoSuchBucketPolicy</c>: it has none, <c>MethodNotAllowed</c>: it is another account's, which alone may look at it.
    /// </exception>
    public Task<GetBucketPolicyResponse> GetBucketPolicyAsync(GetBucketPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(OfBucket("GetBucketPolicy", request.BucketName, [new("policy", "")]), GetBucketPolicyReader, cancellationToken);
    }

    /// <summary>A page of the caller's buckets.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the call.</exception>
    public Task<ListBucketsResponse> ListBucketsAsync(ListBucketsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<KeyValuePair<string, string>> query = [new("max-buckets", request.MaxBuckets.ToString(CultureInfo.InvariantCulture))];
        if (request.Prefix is { Length: > 0 } prefix)
        {
            query.Add(new("prefix", prefix));
        }

        if (request.ContinuationToken is { } token)
        {
            query.Add(new("continuation-token", token));
        }

        var wire = new WireRequest("ListBuckets") { Method = "GET", Path = "/", Query = [.. query] };
        return SendAsync(wire, AwsQuery.WholeAnswers<ListBucketsResponse>(ReadBuckets, AmazonS3Exception.Of), cancellationToken);
    }

    /// <summary>The region of a bucket.</summary>
    /// <exception cref="AmazonS3Exception">The service refused the call.</exception>
    public Task<GetBucketLocationResponse> GetBucketLocationAsync(GetBucketLocationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // In the path: the host of a bucket is in its own region.
        var wire = new WireRequest("GetBucketLocation") { Method = "GET", Path = "/{bucket}", Subresource = new("{bucket}", request.BucketName), Query = [new("location", "")] };
        return SendAsync(wire, AwsQuery.WholeAnswers<GetBucketLocationResponse>(ReadLocation, AmazonS3Exception.Of), cancellationToken);
    }

    // S3's certificate covers one label before "s3", so a bucket with dots in its name must be in the path; also at an endpoint that was set
    // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
    private bool IsInPath(string bucket) => _isGivenEndpoint || bucket.Contains('.', StringComparison.Ordinal);

    private WireRequest OfBucket(string operation, string bucket, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        bool isInPath = IsInPath(bucket);
        return new WireRequest(operation)
        {
            Method = "GET",
            HostPrefix = isInPath ? null : bucket + ".",
            Path = isInPath ? "/{bucket}" : "/",
            Subresource = isInPath ? new("{bucket}", bucket) : null,
            Query = query,
        };
    }

    // <ListAllMyBucketsResult><Buckets><Bucket><Name>…</Name><BucketRegion>…</BucketRegion></Bucket></Buckets><ContinuationToken>…
    private static void ReadBuckets(XElement xml, ListBucketsResponse response)
    {
        response.Buckets = xml.Each("Buckets", static b => new S3BucketSummary { BucketName = b.Text("Name"), BucketRegion = b.Token("BucketRegion") });
        response.ContinuationToken = xml.Token("ContinuationToken");
    }

    // <LocationConstraint>eu-central-1</LocationConstraint>
    private static void ReadLocation(XElement xml, GetBucketLocationResponse response) => response.Region = xml.Value switch
    {
        "" => "us-east-1",
        "EU" => "eu-west-1",
        var region => region,
    };

    // <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>…</SSEAlgorithm><KMSMasterKeyID>…
    private static void ReadEncryption(XElement xml, GetBucketEncryptionResponse response)
    {
        XElement? byDefault = xml.Descendants().FirstOrDefault(static e => e.Name.LocalName == "ApplyServerSideEncryptionByDefault");
        response.SSEAlgorithm = byDefault?.Elements().FirstOrDefault(static e => e.Name.LocalName == "SSEAlgorithm")?.Value;
        response.KMSMasterKeyID = byDefault?.Elements().FirstOrDefault(static e => e.Name.LocalName == "KMSMasterKeyID")?.Value;
    }

    /// <summary>
    /// An object that was stored has an ETag and no body. S3 and what speaks like it may begin to answer with success and fail after that: then the body
    /// is an error, which may pass.
    /// </summary>
    private static void ReadPutObject(WireAnswer answer, PutObjectResponse response)
    {
        response.ETag = answer.Header("ETag");
        if (answer.Body.IndexOf("<Error"u8) >= 0)
        {
            WireError error = AwsQuery.Instance.ReadError(answer, HttpStatusCode.InternalServerError);
            throw AmazonS3Exception.Of(error.Message, null, ErrorType.Receiver, error.Code, error.RequestId, HttpStatusCode.InternalServerError);
        }
    }
}
