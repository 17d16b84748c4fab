namespace FanOut.Aws.Lambda;

/// <summary>Removes a function's reserved concurrency.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html</remarks>
public sealed class DeleteFunctionConcurrencyRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }
}
