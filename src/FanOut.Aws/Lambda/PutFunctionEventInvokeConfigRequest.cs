namespace FanOut.Aws.Lambda;

/// <summary>Sets how asynchronous invocations of a function are retried and reported. What is not set gets Lambda's default.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html</remarks>
public sealed class PutFunctionEventInvokeConfigRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Only for this alias or version. Default: the function without a qualifier.</summary>
    public string? Qualifier { get; set; }

    /// <summary>The settings.</summary>
    public required EventInvokeConfigSettings Settings { get; set; }
}
