using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>An object, or a part of it.</summary>
public sealed class GetObjectResponse : AmazonWebServiceResponse
{
    /// <summary>Its bytes; empty where <see cref="GetObjectRequest.Into"/> has them.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>The object's entity tag, in quotes.</summary>
    public string? ETag { get; set; }
}
