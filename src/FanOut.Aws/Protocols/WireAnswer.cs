using System.Net;

namespace FanOut.Aws.Protocols;

/// <summary>An answer that has been read completely.</summary>
internal abstract class WireAnswer
{
    /// <summary>Its status.</summary>
    public abstract HttpStatusCode Status { get; }

    /// <summary>Its body, as long as the answer is not disposed of.</summary>
    public abstract ReadOnlySpan<byte> Body { get; }

    /// <summary>The request's id, as the service has it; empty if it does not say.</summary>
    public string RequestId => Header("x-amzn-RequestId") ?? Header("x-amz-request-id") ?? "";

    /// <summary>A header's value; null if it is absent.</summary>
    public abstract string? Header(string name);
}
