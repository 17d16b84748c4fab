using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Engine.Mappings;
using FanOut.Registry;

namespace FanOut.DesiredState.Plans;

/// <summary>Compares the targets that are wanted with those that are there.</summary>
internal static class PlanTargets
{
    /// <summary>The plan: what is wanted in its order, then what is to be removed.</summary>
    /// <param name="wanted">The targets that are wanted.</param>
    /// <param name="there">The rows that are there.</param>
    /// <param name="removes">Whether a row that is not wanted is removed; null: none is.</param>
    public static IReadOnlyList<TargetPlan> Of(IReadOnlyList<WantedTarget> wanted, IReadOnlyList<TargetRow> there, Predicate<TargetRow>? removes)
    {
        Dictionary<(string, string), TargetRow> rows = there.ToDictionary(static r => (r.SourceArn, r.Id));
        List<TargetPlan> plan = [];
        foreach (WantedTarget target in wanted)
        {
            rows.Remove((target.Mapping.SourceArn, target.Mapping.Id), out TargetRow? row);
            plan.Add(new TargetPlan(target.Mapping.SourceArn, target.Mapping.Id, row, Completed(target, row)));
        }

        plan.AddRange(rows.Values.Where(r => removes?.Invoke(r) == true).OrderBy(static r => r.SourceArn, StringComparer.Ordinal).ThenBy(static r => r.Id, StringComparer.Ordinal).Select(static r => new TargetPlan(r.SourceArn, r.Id, r, null)));
        return plan;
    }

    // What the state does not say of a target that is there stays as it is; another order of its table's keys would name all documents of an index anew.
    private static Mapping Completed(WantedTarget target, TargetRow? row) => target.Mapping with
    {
        Active = target.Enabled ?? row?.ToTarget().Enabled ?? true,
        HashKey = target.Mapping.HashKey ?? (row is null ? target.HashKeyOfNew : target.SaysHashKey ? null : row.ToTarget().HashKey),
        Filter = row?.Mapping?.Filter is { } now && AreSame(now.Text, target.Mapping.Filter?.Text) ? now : target.Mapping.Filter,
        MessageAttributes = row?.Mapping?.MessageAttributes is { } given && AreSame(given.Text, target.Mapping.MessageAttributes?.Text) ? given : target.Mapping.MessageAttributes,
        Transform = row?.Mapping?.Transform is { } before && AreSame(before.Text, target.Mapping.Transform?.Text) ? before : target.Mapping.Transform,
    };

    // Written otherwise it is the same JSON. Of names that come twice nothing is assumed.
    private static bool AreSame(string one, string? other)
    {
        try
        {
            return one == other || (other is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
