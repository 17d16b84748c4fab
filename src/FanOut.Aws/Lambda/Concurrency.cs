namespace FanOut.Aws.Lambda;

/// <summary>The concurrency that is reserved for a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Concurrency.html</remarks>
public sealed class Concurrency
{
    /// <summary>How many invocations may run at once; 0: none.</summary>
    public int? ReservedConcurrentExecutions { get; set; }
}
