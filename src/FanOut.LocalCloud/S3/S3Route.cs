using System.Net;

namespace FanOut.LocalCloud.S3;

/// <summary>The bucket of a request to S3, which is in the host or first in the path, and the key.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html</remarks>
internal readonly record struct S3Route(string Bucket, string Key)
{
    // If the host has one of these, the bucket is before it.
    private static readonly string[] Services = [".s3.", ".s3-", ".localhost"];

    public static S3Route Of(Http.HttpRequest request)
    {
        string path = request.Path.TrimStart('/');
        if (BucketOf(request.Header("Host") ?? "") is { } bucket)
        {
            return new S3Route(bucket, Uri.UnescapeDataString(path));
        }

        int slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new S3Route(Uri.UnescapeDataString(path), "")
            : new S3Route(Uri.UnescapeDataString(path[..slash]), Uri.UnescapeDataString(path[(slash + 1)..]));
    }

    private static string? BucketOf(string host)
    {
        host = host.Split(':')[0];
        int end = IPAddress.TryParse(host, out _) ? -1 : Services.Max(s => host.IndexOf(s, StringComparison.Ordinal));
        return end > 0 ? host[..end] : null;
    }
}
