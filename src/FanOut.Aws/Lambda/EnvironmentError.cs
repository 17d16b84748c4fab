namespace FanOut.Aws.Lambda;

/// <summary>Why environment variables cannot be read.</summary>
public sealed class EnvironmentError
{
    /// <summary>The error's code, such as <c>AccessDeniedException</c>.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The service's message.</summary>
    public string? Message { get; set; }
}
