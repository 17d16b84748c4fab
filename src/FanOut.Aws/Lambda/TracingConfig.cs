namespace FanOut.Aws.Lambda;

/// <summary>Whether a function's invocations are traced by AWS X-Ray.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfig.html</remarks>
public sealed class TracingConfig
{
    /// <summary><c>Active</c>: a sample is traced; <c>PassThrough</c>: as the caller says.</summary>
    public string? Mode { get; set; }
}
