namespace FanOut.Aws.Lambda;

/// <summary>Gives a function or an event source mapping tags; those of the same key are replaced, others stay.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html</remarks>
public sealed class TagResourceRequest
{
    /// <summary>ARN of the function, without a qualifier, or of the event source mapping.</summary>
    public required string Resource { get; set; }

    /// <summary>The tags.</summary>
    public required Dictionary<string, string> Tags { get; set; }
}
