using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;

namespace FanOut.Local.Transfers;

/// <summary>Reads out of the engine's result what became of each record at each target.</summary>
internal static class ReadOutcomes
{
    private static readonly Failure Unexplained = new(FailureClass.Ambiguous, "Unexplained", "The target has not confirmed it.");

    /// <summary>The outcomes of a source's records, by the mappings' ids, in the order of the records.</summary>
    /// <param name="group">The result of one source.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<RecordOutcome>> Of(GroupResult group) =>
        group.Outcomes.ToDictionary(static o => o.Mapping.Id, static o => Of(o));

    /// <summary>The outcomes of the records at one target, in their order.</summary>
    public static IReadOnlyList<RecordOutcome> Of(Outcome outcome)
    {
        SettledRecords settled = outcome.Settled();
        HashSet<int> inParts = [.. settled.Parts.Select(static p => p.Key)];
        var outcomes = new RecordOutcome[outcome.Records];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = outcome.IsFailed(i) ? new(RecordState.Failed, Unexplained, 0)
                : settled.Has(i) || inParts.Contains(i) ? new(RecordState.Delivered, null, 1)
                : new(RecordState.Filtered, null, 0);
        }

        foreach (Undelivered undelivered in outcome.Undelivered.InOrder())
        {
            ref RecordOutcome told = ref outcomes[undelivered.Record];
            if (told.State == RecordState.Failed && ReferenceEquals(told.Failure, Unexplained))
            {
                told = told with { Failure = undelivered.Failure, Attempts = undelivered.Attempts.Count };
            }
        }

        return outcomes;
    }
}
