using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;

namespace FanOut.Local.Plans;

/// <summary>What a mapping's target would get of an event.</summary>
/// <param name="Records">How many records the event has.</param>
/// <param name="Calls">The calls that would be made.</param>
/// <param name="Outcome">What became of the records, had each call been taken.</param>
internal sealed record Plan(int Records, IReadOnlyList<PlannedCall> Calls, Outcome Outcome)
{
    /// <summary>The records of which something is sent.</summary>
    public int Sent => Calls.SelectMany(static c => c.Items).SelectMany(static i => i.Payloads).Select(static p => p.Record).Distinct().Count();

    /// <summary>The records that are not sent, each with its reason.</summary>
    public IReadOnlyList<(int Record, Failure Failure)> Rejected => [.. Outcome.Undelivered.Select(static u => (u.Record, u.Failure))];
}
