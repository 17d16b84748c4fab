using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>Says in which settings a target that is there differs from one that is wanted, by the names of the parameters.</summary>
internal static class TargetDifferences
{
    private static readonly (string Name, Func<FanOutTarget, object?> Of)[] Settings =
    [
        (nameof(FanOutTarget.Type), static t => t.Type),
        (nameof(FanOutTarget.Destination), static t => t.Destination),
        (nameof(FanOutTarget.Enabled), static t => t.Enabled),
        (nameof(FanOutTarget.DestinationRegion), static t => t.DestinationRegion),
        (nameof(FanOutTarget.DestinationRoleArn), static t => t.DestinationRoleArn),
        (nameof(FanOutTarget.Collapse), static t => t.Collapse),
        (nameof(FanOutTarget.Parallel), static t => t.Parallel),
        (nameof(FanOutTarget.ConvertDDB), static t => t.ConvertDDB),
        (nameof(FanOutTarget.Deaggregate), static t => t.Deaggregate),
        (nameof(FanOutTarget.AppendNewlines), static t => t.AppendNewlines),
        (nameof(FanOutTarget.Passthrough), static t => t.Passthrough),
        (nameof(FanOutTarget.View), static t => t.View),
        (nameof(FanOutTarget.HashKey), static t => t.HashKey),
        (nameof(FanOutTarget.MaxItemBytes), static t => t.MaxItemBytes),
        (nameof(FanOutTarget.MaxBatchBytes), static t => t.MaxBatchBytes),
        (nameof(FanOutTarget.DeadLetter), static t => t.DeadLetter),
        (nameof(FanOutTarget.OnFailure), static t => t.OnFailure),
        (nameof(FanOutTarget.Filter), static t => t.Filter),
        (nameof(FanOutTarget.Transform), static t => t.Transform),
        (nameof(FanOutTarget.Key), static t => t.Key),
    ];

    /// <summary>What is otherwise, such as <c>Collapse is JSON instead of none</c>; secrets are not shown.</summary>
    /// <param name="there">The row that is there.</param>
    /// <param name="wanted">The mapping that is wanted, another than the row's.</param>
    public static string Of(TargetRow there, Mapping wanted) => Of(there, wanted, static (name, old, other) => $"{name} is {old} instead of {other}");

    /// <summary>What becomes otherwise, such as <c>Collapse from JSON to none</c>; secrets are not shown.</summary>
    /// <param name="there">The row that is there.</param>
    /// <param name="wanted">The mapping that it becomes, another than the row's.</param>
    public static string Changes(TargetRow there, Mapping wanted) => Of(there, wanted, static (name, old, other) => $"{name} from {old} to {other}");

    private static string Of(TargetRow there, Mapping wanted, Func<string, string, string, string> write)
    {
        if (there.Problem is { } problem)
        {
            return $"it is not a valid mapping: {problem}";
        }

        FanOutTarget old = there.ToTarget(), other = there.With(wanted).ToTarget();
        List<string> differences =
        [
            .. Settings.Where(s => !Equals(s.Of(old), s.Of(other))).Select(s => write(s.Name, Text(s.Of(old)), Text(s.Of(other)))),
            .. old.ExternalId == other.ExternalId ? [] : new[] { "ExternalId is another" },
            .. old.Destination != other.Destination || there.Mapping!.Destination == wanted.Destination ? [] : new[] { "the password in Destination is another" },
        ];
        return string.Join(", ", differences);
    }

    private static string Text(object? value) => value is null ? "not set" : $"{value}";
}
