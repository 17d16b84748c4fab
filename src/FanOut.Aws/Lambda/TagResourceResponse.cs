using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The resource has the tags.</summary>
public sealed class TagResourceResponse : AmazonWebServiceResponse;
