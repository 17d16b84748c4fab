using System.Globalization;

namespace FanOut.DesiredState.Plans;

/// <summary>A plan, or what came of it, in one line.</summary>
internal static class DescribeSync
{
    private static readonly (string Action, string Planned, string Done)[] Words =
    [
        (ChangeAction.Create, "to be created", "created"), (ChangeAction.Change, "to be changed", "changed"), (ChangeAction.Remove, "to be removed", "removed"), (ChangeAction.Unchanged, "unchanged", "unchanged"),
    ];

    private static readonly string[] Kinds = ["Target", "Source"];

    /// <summary>What would be done.</summary>
    /// <param name="changes">The plan, with what is unchanged.</param>
    /// <param name="whose">The function and its region.</param>
    public static string Plan(IReadOnlyCollection<FanOutChange> changes, string whose) =>
        changes.All(static c => c.Action == ChangeAction.Unchanged) ? Unchanged(changes, whose) : $"Plan for {whose}: {Count(changes, static w => w.Planned)}. Nothing was changed.";

    /// <summary>What was done.</summary>
    /// <inheritdoc cref="Plan"/>
    public static string Done(IReadOnlyCollection<FanOutChange> changes, string whose) => $"{whose}: {Count(changes, static w => w.Done)}.";

    /// <summary>That all is as it is to be.</summary>
    /// <inheritdoc cref="Plan"/>
    public static string Unchanged(IReadOnlyCollection<FanOutChange> changes, string whose)
    {
        string[] parts =
        [
            .. changes.Any(static c => c.ItemType == "Function") ? new[] { "the function" } : [],
            .. Kinds.Select(k => (Noun: k.ToLowerInvariant(), Count: changes.Count(c => c.ItemType == k))).Where(static k => k.Count > 0)
                .Select(static k => string.Create(CultureInfo.InvariantCulture, $"{k.Count} {k.Noun}{(k.Count == 1 ? "" : "s")}")),
        ];
        string list = parts.Length > 1 ? $"{string.Join(", ", parts[..^1])} and {parts[^1]}" : string.Concat(parts);
        return $"{whose} is as it is to be: {(list.Length > 0 ? $"{list} unchanged. " : "")}Nothing was written.";
    }

    private static string Count(IReadOnlyCollection<FanOutChange> changes, Func<(string Action, string Planned, string Done), string> word) => string.Join(", ", Words
        .Select(w => (Count: changes.Count(c => c.Action == w.Action), Word: word(w))).Where(static w => w.Count > 0)
        .Select(static w => string.Create(CultureInfo.InvariantCulture, $"{w.Count} {w.Word}")));
}
