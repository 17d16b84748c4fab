using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>Says in which settings a target that is there differs from one that is wanted, by the names of the parameters.</summary>
internal static class TargetDifferences
{
    private const string Password = "Password";

    private static readonly FanOutTarget Default = new()
    {
        SourceArn = "",
        Id = "",
        FunctionName = "",
        TableName = "",
        Region = "",
        Collapse = MappingText.Of(default(Collapse)),
        View = MappingText.Of(default(View)),
        Unpack = MappingText.Of(default(Unpack)),
        OnFailure = MappingText.Of(OnFailure.Block),
        Parallel = true,
    };

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
        (nameof(FanOutTarget.Unpack), static t => t.Unpack),
        (nameof(FanOutTarget.AppendNewlines), static t => t.AppendNewlines),
        (nameof(FanOutTarget.Passthrough), static t => t.Passthrough),
        (nameof(FanOutTarget.View), static t => t.View),
        (nameof(FanOutTarget.HashKey), static t => t.HashKey),
        (nameof(FanOutTarget.RecordFormat), static t => t.RecordFormat),
        (nameof(FanOutTarget.MaxItemBytes), static t => t.MaxItemBytes),
        (nameof(FanOutTarget.MaxBatchBytes), static t => t.MaxBatchBytes),
        (nameof(FanOutTarget.DeadLetter), static t => t.DeadLetter),
        (nameof(FanOutTarget.OnFailure), static t => t.OnFailure),
        (nameof(FanOutTarget.Filter), static t => t.Filter),
        (nameof(FanOutTarget.Transform), static t => t.Transform),
        (nameof(FanOutTarget.Key), static t => t.Key),
        (nameof(FanOutTarget.DocumentId), static t => t.DocumentId),
        (nameof(FanOutTarget.DocumentAction), static t => t.DocumentAction),
        (nameof(FanOutTarget.MessageAttribute), static t => t.MessageAttribute),
        (nameof(FanOutTarget.DeduplicationId), static t => t.DeduplicationId),
        (nameof(FanOutTarget.EventSource), static t => t.EventSource),
        (nameof(FanOutTarget.DetailType), static t => t.DetailType),
        (nameof(FanOutTarget.HeadersSecret), static t => t.HeadersSecret),
    ];

    /// <summary>What is otherwise, such as <c>Collapse is JSON instead of none</c>; secrets are not shown.</summary>
    /// <param name="there">The row that is there.</param>
    /// <param name="wanted">The mapping that is wanted, another than the row's.</param>
    public static string Of(TargetRow there, Mapping wanted) => Of(there, wanted, static (name, old, other) => $"{name} is {old} instead of {other}");

    /// <summary>What becomes otherwise, such as <c>Collapse from JSON to none</c>; secrets are not shown.</summary>
    /// <param name="there">The row that is there.</param>
    /// <param name="wanted">The mapping that it becomes, another than the row's.</param>
    public static string Changes(TargetRow there, Mapping wanted) => Of(there, wanted, static (name, old, other) => $"{name} from {old} to {other}");

    private static string Of(TargetRow there, Mapping wanted, Func<string, string, string, string> write) => there.Problem is { } problem
        ? $"it is not a valid mapping: {problem}"
        : string.Join(", ", Find(there, wanted).Select(d => (d.Name, d.Old, d.New) switch
        {
            (Password, _, _) => "the password in Destination is another",
            (nameof(FanOutTarget.ExternalId), _, _) => "ExternalId is another",
            _ => write(d.Name, Text(d.Old), Text(d.New)),
        }));

    /// <summary>The differences; of secrets only that there is one.</summary>
    /// <param name="there">The row that is there; one that is not valid has no settings that could be compared.</param>
    /// <param name="wanted">The mapping that is wanted, another than the row's.</param>
    public static IEnumerable<FanOutAttributeChange> Find(TargetRow there, Mapping wanted)
    {
        if (there.Mapping is not { } now)
        {
            return OfNew(there.With(wanted).ToTarget());
        }

        FanOutTarget old = there.ToTarget(), other = there.With(wanted).ToTarget();
        return
        [
            .. Compare(old, other),
            .. old.ExternalId == other.ExternalId ? [] : new[] { Secret(nameof(FanOutTarget.ExternalId), old.ExternalId, other.ExternalId) },
            .. old.Destination != other.Destination || now.Destination == wanted.Destination ? [] : new[] { Secret(Password, "", "") },
        ];
    }

    /// <summary>The settings of a target that are not the default.</summary>
    public static IEnumerable<FanOutAttributeChange> OfNew(FanOutTarget target) =>
    [
        .. Compare(Default, target).Select(static d => new FanOutAttributeChange { Name = d.Name, New = d.New }),
        .. target.ExternalId is null ? [] : new[] { Secret(nameof(FanOutTarget.ExternalId), null, target.ExternalId) },
    ];

    private static IEnumerable<FanOutAttributeChange> Compare(FanOutTarget old, FanOutTarget other) =>
        from setting in Settings
        let values = (Old: setting.Of(old), New: setting.Of(other))
        where !Equals(values.Old, values.New)
        select new FanOutAttributeChange { Name = setting.Name, Old = values.Old, New = values.New };

    private static FanOutAttributeChange Secret(string name, string? old, string? other) =>
        new() { Name = name, Old = old is null ? null : Masked.Stars, New = other is null ? null : Masked.Stars };

    private static string Text(object? value) => value is null ? "not set" : $"{value}";
}
