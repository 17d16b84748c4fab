using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The resource no longer has the tags.</summary>
public sealed class UntagResourceResponse : AmazonWebServiceResponse;
