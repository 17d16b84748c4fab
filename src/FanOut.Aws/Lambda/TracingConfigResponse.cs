namespace FanOut.Aws.Lambda;

/// <summary>Whether a function's invocations are traced by AWS X-Ray.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfigResponse.html</remarks>
public sealed class TracingConfigResponse
{
    /// <summary><c>Active</c> or <c>PassThrough</c>.</summary>
    public string? Mode { get; set; }
}
