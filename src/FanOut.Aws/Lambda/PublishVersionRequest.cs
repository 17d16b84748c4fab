namespace FanOut.Aws.Lambda;

/// <summary>Publishes the <c>$LATEST</c> of a function as a version; if nothing changed since the last version, the service answers with that one.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html</remarks>
public sealed class PublishVersionRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The version's description. Default: the function's.</summary>
    public string? Description { get; set; }

    /// <summary>Only publish if the package has this SHA-256, in base64.</summary>
    public string? CodeSha256 { get; set; }

    /// <summary>
    /// Only publish if this is the function's revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
