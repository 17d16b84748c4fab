using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A function's reserved concurrency.</summary>
public sealed class GetFunctionConcurrencyResponse : AmazonWebServiceResponse
{
    /// <summary>How many invocations may run at once; null: none is reserved.</summary>
    public int? ReservedConcurrentExecutions { get; set; }
}
