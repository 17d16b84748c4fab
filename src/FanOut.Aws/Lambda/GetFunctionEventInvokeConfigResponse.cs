using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>How asynchronous invocations of a function are retried and reported.</summary>
public sealed class GetFunctionEventInvokeConfigResponse : AmazonWebServiceResponse
{
    /// <summary>The settings.</summary>
    public EventInvokeConfigSettings Settings { get; } = new();
}
