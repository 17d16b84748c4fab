namespace FanOut.Aws.Lambda;

/// <summary>Asks for a function's reserved concurrency.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html</remarks>
public sealed class GetFunctionConcurrencyRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }
}
