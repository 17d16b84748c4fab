namespace FanOut.Aws.Lambda;

/// <summary>Asks how asynchronous invocations of a function are retried and reported.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html</remarks>
public sealed class GetFunctionEventInvokeConfigRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The settings of this alias or version. Default: the function's own.</summary>
    public string? Qualifier { get; set; }
}
