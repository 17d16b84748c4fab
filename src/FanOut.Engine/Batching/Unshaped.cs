using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>The failure of payloads with which the mapping's transform can do nothing.</summary>
internal static class Unshaped
{
    /// <summary>Why a payload cannot be sent; null: its transform had no trouble with it.</summary>
    public static Failure? Of(Payloads payloads, in Payload payload) =>
        payloads.FaultOf(payload) is { } fault ? new Failure(fault.Code == Oversize.Code ? FailureClass.Oversize : FailureClass.Undecodable, fault.Code, fault.Reason) : null;
}
