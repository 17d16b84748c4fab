namespace FanOut.Aws.S3;

/// <summary>An object in a list.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html</remarks>
public sealed class S3ObjectSummary
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its entity tag, in quotes: another one whenever its content changes.</summary>
    public required string ETag { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required long Size { get; init; }

    /// <summary>When it was put, in UTC.</summary>
    public DateTime? LastModified { get; init; }
}
