namespace FanOut.Aws.S3;

/// <summary>Deletes an object; in a bucket with versions it puts a mark in its place.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html</remarks>
public sealed class DeleteObjectRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; set; }

    /// <summary>The object's key, not encoded.</summary>
    public required string Key { get; set; }

    /// <summary>The ETag that the object must have; null: any.</summary>
    public string? IfMatch { get; set; }
}
