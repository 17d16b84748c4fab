using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The answer of an asynchronous Invoke: the event was queued.</summary>
public sealed class InvokeResponse : AmazonWebServiceResponse;
