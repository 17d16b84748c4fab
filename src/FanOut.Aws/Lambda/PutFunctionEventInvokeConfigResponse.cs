using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The settings are made.</summary>
public sealed class PutFunctionEventInvokeConfigResponse : AmazonWebServiceResponse;
