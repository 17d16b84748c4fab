using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The function or version is deleted.</summary>
public sealed class DeleteFunctionResponse : AmazonWebServiceResponse;
