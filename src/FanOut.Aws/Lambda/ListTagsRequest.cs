namespace FanOut.Aws.Lambda;

/// <summary>Asks for the tags of a function or an event source mapping.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html</remarks>
public sealed class ListTagsRequest
{
    /// <summary>ARN of the function, without a qualifier, or of the event source mapping.</summary>
    public required string Resource { get; set; }
}
