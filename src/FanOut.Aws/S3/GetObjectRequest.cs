using System.Buffers;

namespace FanOut.Aws.S3;

/// <summary>Reads an object, or a part of it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
public sealed class GetObjectRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; set; }

    /// <summary>The object's key, not encoded.</summary>
    public required string Key { get; set; }

    /// <summary>The first and the last byte that is wanted, from 0; null: all.</summary>
    public (long First, long Last)? Range { get; set; }

    /// <summary>The ETag that the object must have; null: any.</summary>
    public string? IfMatch { get; set; }

    /// <summary>Where the bytes are written that have come; null: into an array of their own, <see cref="GetObjectResponse.Data"/>.</summary>
    public IBufferWriter<byte>? Into { get; set; }
}
