namespace FanOut.Aws.Lambda;

/// <summary>Reserves a part of the account's concurrency for a function, which also limits the function to it.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html</remarks>
public sealed class PutFunctionConcurrencyRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>How many invocations may run at once; 0 stops the function.</summary>
    public required int ReservedConcurrentExecutions { get; set; }
}
