using FanOut.Aws.Protocols;

namespace FanOut.Aws.S3;

/// <summary>Puts an object of up to 5 GB into a bucket; how it is encrypted there is the bucket's own setting.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
public sealed class PutObjectRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The object's key, not encoded: up to 1,024 bytes, and no part of it between slashes is only dots.</summary>
    public required string Key { get; init; }

    /// <summary>The object; the caller keeps it and disposes of it after the answer.</summary>
    public required RequestBody Body { get; init; }

    /// <summary>The object's media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";
}
