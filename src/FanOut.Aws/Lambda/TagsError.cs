namespace FanOut.Aws.Lambda;

/// <summary>Why tags cannot be read.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_TagsError.html</remarks>
public sealed class TagsError
{
    /// <summary>The error's code, such as <c>AccessDeniedException</c>.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The service's message.</summary>
    public string? Message { get; set; }
}
