using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>Nothing is reserved.</summary>
public sealed class DeleteFunctionConcurrencyResponse : AmazonWebServiceResponse;
