using System.Net;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>The answer of Invoke: the event was queued, or what the function answered.</summary>
public sealed class InvokeResponse : AmazonWebServiceResponse
{
    /// <summary>Why the function failed: <c>Unhandled</c> or <c>Handled</c>, and the payload says more; null: it did not.</summary>
    public string? FunctionError { get; internal set; }

    /// <summary>What the function answered; empty if the event was queued.</summary>
    public ReadOnlyMemory<byte> Payload { get; internal set; }

    internal static void Read(WireAnswer answer, InvokeResponse response)
    {
        // A queued event has an empty answer, but a stand-in (moto) may answer with the event itself.
        if (answer.Status == HttpStatusCode.OK)
        {
            response.FunctionError = answer.Header("X-Amz-Function-Error");
            response.Payload = answer.Body.ToArray();
        }
    }
}
