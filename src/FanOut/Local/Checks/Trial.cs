using System.Globalization;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Local.Transfers;

namespace FanOut.Local.Checks;

/// <summary>What came of a record that was sent for a test.</summary>
/// <param name="Outcome">What the engine says of it.</param>
/// <param name="Refused">The calls that were answered and not taken.</param>
internal sealed record Trial(RecordOutcome Outcome, IReadOnlyList<TrialCall> Refused)
{
    /// <summary>Why it was not taken: what the target answered last, rather than that time was up, or that the target is left alone; null: it was.</summary>
    public Failure? Failure => Outcome.Failure is { } failure && failure.Code != Classify.NoAnswer && Refused is [.., var last]
        && (failure.Class == FailureClass.OutOfTime || failure.Code == CircuitOpenException.Code)
            ? last.Failure
            : Outcome.Failure;

    /// <summary>What was answered each time, where that is more than one answer, and why there was no other; may be empty.</summary>
    public string Answers
    {
        get
        {
            if (Refused is not [.., var last])
            {
                return "";
            }

            var runs = new List<(string Code, int Count)>();
            foreach (TrialCall call in Refused)
            {
                runs = runs is [.. var before, var (code, count)] && code == call.Failure.Code ? [.. before, (code, count + 1)] : [.. runs, (call.Failure.Code, 1)];
            }

            string each = string.Join(", ", runs.Select(static r => r.Count == 1 ? r.Code : string.Create(CultureInfo.InvariantCulture, $"{r.Count} times {r.Code}")));
            string seconds = string.Create(CultureInfo.InvariantCulture, $"{SendTrial.Patience.TotalSeconds:0} s");
            return (Refused.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {Refused.Count} answers within {last.After.TotalSeconds:0.0} s: {each}."))
                + (last.Failure.RetryAfter > SendTrial.Patience - last.After ? $" A test takes {seconds} at most, so it was not sent again." : "");
        }
    }
}
