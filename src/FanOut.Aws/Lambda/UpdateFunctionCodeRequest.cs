namespace FanOut.Aws.Lambda;

/// <summary>Replaces a function's deployment package.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html</remarks>
public sealed class UpdateFunctionCodeRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The zip archive, at most 50 MB; must not change before the call has answered.</summary>
    public required ReadOnlyMemory<byte> ZipFile { get; set; }

    /// <summary><c>x86_64</c> or <c>arm64</c>; one item. Default: as it is.</summary>
    public List<string>? Architectures { get; set; }

    /// <summary>Whether a version is published. Default: false.</summary>
    public bool? Publish { get; set; }

    /// <summary>Whether the call is only checked, and nothing is changed. Default: false.</summary>
    public bool? DryRun { get; set; }

    /// <summary>
    /// Only change the function if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
