using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.S3;

/// <summary>Amazon S3, as far as objects are put there.</summary>
/// <remarks>AWSSDK.S3 would do too, but it would add 223 KB to the function's package; see docs/architecture.md.</remarks>
public sealed class AmazonS3Client : AwsClient
{
    private static readonly WireUnmarshaller<PutObjectResponse> PutObjectUnmarshaller =
        new(static (answer, response) => response.ETag = answer.Header("ETag"), AwsQuery.Instance, AmazonS3Exception.Of);

    private readonly bool _isGivenEndpoint;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">Who calls; <see langword="null"/>: the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonS3Client(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _isGivenEndpoint = config?.ServiceURL is { Length: > 0 };

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("S3", "s3", "s3", "2006-03-01") { SignsEncodedPath = false };

    /// <summary>Puts an object in the place of what has its key, if anything has.</summary>
    /// <exception cref="AmazonS3Exception">The object was refused.</exception>
    public Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A certificate is for one label before s3: a bucket with dots, as one at an endpoint that was given, is named in the path
        // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
        bool isInPath = _isGivenEndpoint || request.BucketName.Contains('.', StringComparison.Ordinal);
        var wire = new WireRequest("PutObject", request.Body)
        {
            Method = "PUT",
            HostPrefix = isInPath ? null : request.BucketName + ".",
            Path = isInPath ? "/{bucket}/{key+}" : "/{key+}",
            PathParameter = new("{key+}", request.Key),
            Subresource = isInPath ? new("{bucket}", request.BucketName) : null,
            ContentType = request.ContentType,

            // Buckets with Object Lock take nothing without a checksum.
            Headers = [new("x-amz-checksum-sha256", request.Body.Sha256Base64)],
        };
        return SendAsync(wire, PutObjectUnmarshaller, cancellationToken);
    }
}
