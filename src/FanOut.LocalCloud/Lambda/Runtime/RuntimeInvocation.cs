using System.Globalization;

namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>One invocation in the Runtime API.</summary>
/// <param name="RequestId">Its id, <c>Lambda-Runtime-Aws-Request-Id</c>.</param>
/// <param name="FunctionArn">The function it is for, <c>Lambda-Runtime-Invoked-Function-Arn</c>.</param>
/// <param name="Event">The event's JSON.</param>
/// <param name="Deadline">When it must be answered, <c>Lambda-Runtime-Deadline-Ms</c>.</param>
internal sealed record RuntimeInvocation(string RequestId, string FunctionArn, ReadOnlyMemory<byte> Event, DateTimeOffset Deadline)
{
    /// <summary>The X-Ray trace header, <c>Lambda-Runtime-Trace-Id</c>; not sampled, because nothing collects traces.</summary>
    public string TraceId { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"Root=1-{Deadline.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};Parent={Guid.NewGuid().ToString("N")[..16]};Sampled=0");

    /// <summary>Its outcome.</summary>
    public TaskCompletionSource<InvocationResult> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
