namespace FanOut.Aws.Lambda;

/// <summary>Removes tags from a function or an event source mapping.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html</remarks>
public sealed class UntagResourceRequest
{
    /// <summary>ARN of the function, without a qualifier, or of the event source mapping.</summary>
    public required string Resource { get; set; }

    /// <summary>Keys of the tags, at least one.</summary>
    public required List<string> TagKeys { get; set; }
}
