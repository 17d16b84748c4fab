using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The reserved concurrency.</summary>
public sealed class PutFunctionConcurrencyResponse : AmazonWebServiceResponse
{
    /// <summary>How many invocations may run at once; null: none is reserved.</summary>
    public int? ReservedConcurrentExecutions { get; set; }
}
