namespace FanOut.Aws.Lambda;

/// <summary>A function's environment variables, or why they cannot be read.</summary>
public sealed class EnvironmentResponse
{
    /// <summary>Names and values.</summary>
    public Dictionary<string, string>? Variables { get; set; }

    /// <summary>Why they cannot be read, such as a denied key.</summary>
    public EnvironmentError? Error { get; set; }
}
