using FanOut.Aws.Lambda;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.DesiredState.Plans;

/// <summary>What is to become of the connection of a source.</summary>
/// <param name="SourceArn">The source.</param>
/// <param name="Wanted">How it is to be connected; null: it is to be disconnected.</param>
internal sealed record ConnectionPlan(string SourceArn, WantedConnection? Wanted)
{
    /// <summary>The plan for a stream; null: it is none, or its function is not there yet.</summary>
    public PlannedStream? Stream { get; init; }

    /// <summary>The plan for a topic; null: it is none, or its function is not there yet.</summary>
    public PlannedTopic? Topic { get; init; }

    /// <summary>The event source mappings to delete.</summary>
    public IReadOnlyList<EventSourceMappingConfiguration> Deletes { get; init; } = [];

    /// <summary>The topic to disconnect, and what disconnects it.</summary>
    public (TopicConnections Topics, TopicConnection Topic)? Unsubscribes { get; init; }

    /// <summary>Whether a source that rests is to be read again.</summary>
    public bool Resumes => Wanted is { Suspended: false } && (Stream?.Connection.Existing.Any(static m => m.State is "Disabled" or "Disabling") == true || Topic?.Plan.Now.State == "Disabled");

    /// <summary>Create, Change, Remove or Unchanged.</summary>
    public string Action => Wanted is null ? ChangeAction.Remove
        : Stream is { } stream ? stream.Connection.Existing.Count == 0 ? ChangeAction.Create : stream.Connection.IsUnchanged && !Resumes ? ChangeAction.Unchanged : ChangeAction.Change
        : Topic is { } topic ? topic.Plan.Now.State == DescribeSource.NotConnected ? ChangeAction.Create : topic.Plan.IsUnchanged && !Resumes ? ChangeAction.Unchanged : ChangeAction.Change
        : ChangeAction.Create;

    /// <summary>The attributes that are others than they are to be.</summary>
    public FanOutAttributeChange[] Attributes =>
    [
        .. Stream?.Connection.Differences.Select(static d => new FanOutAttributeChange { Name = d.Name, Old = d.Now is "none" ? null : d.Now, New = d.Wanted }) ?? [],
        .. Action == ChangeAction.Create ? OfNew() : Topic is { Plan: { Retries: { } wanted, Now.Retries: var now } } ? OfRetries(now, wanted) : [],
        .. Topic?.Plan.Subscribe == false ? [State("Enabled", "Disabled")] : Resumes ? new[] { State("Disabled", "Enabled") } : [],
    ];

    /// <summary>What is done beside it.</summary>
    public string? Detail => string.Join("; ", new[]
    {
        Stream is { Connection.Plan.Upgrade: { Count: > 0 } others } ? $"turns on ReportBatchItemFailures for {string.Join(", ", others.Select(static m => m.EventSourceArn))}" : "",
        Stream is { Connection.Plan.SetVariable: true } ? $"sets {FunctionVariables.BatchItemFailures}=true in the function's environment" : "",
        Stream is { Connection.LastingDifferences: { Count: > 0 } lasting } ? $"cannot be changed: {string.Join("; ", lasting)}" : "",
        Topic is { Plan: { Permit: true, Subscribe: null } } ? "allows the topic to invoke the function" : "",
    }.Where(static d => d.Length > 0)) is { Length: > 0 } detail ? detail : null;

    private static FanOutAttributeChange State(string old, string other) => new() { Name = nameof(FanOutSource.State), Old = old, New = other };

    private IEnumerable<FanOutAttributeChange> OfNew() => Wanted switch
    {
        { Stream: { } stream } =>
        [
            New(nameof(stream.BatchSize), stream.BatchSize),
            New(nameof(stream.MaximumRetryAttempts), stream.MaximumRetryAttempts),
            New(nameof(stream.MaximumRecordAge), stream.MaximumRecordAge),
            .. stream.OnFailureDestination is { } destination ? [New(nameof(stream.OnFailureDestination), destination)] : Array.Empty<FanOutAttributeChange>(),
            .. stream.Enabled ? [] : new[] { New(nameof(FanOutSource.State), "Disabled") },
        ],
        { Topic: { } topic } when Topic is null => OfRetries(new EventRetries(), topic.Over(new EventRetries())),
        _ => Topic is { Plan: { Retries: { } wanted, Now.Retries: var now } } ? OfRetries(now, wanted) : [],
    };

    private static IEnumerable<FanOutAttributeChange> OfRetries(EventRetries now, EventRetries wanted) =>
        from value in new (string Name, object? Now, object? Wanted)[]
        {
            (nameof(now.MaximumRetryAttempts), now.MaximumRetryAttempts, wanted.MaximumRetryAttempts),
            (nameof(now.MaximumRecordAge), now.MaximumRecordAge, wanted.MaximumRecordAge),
            (nameof(now.OnFailureDestination), now.OnFailureDestination, wanted.OnFailureDestination),
        }
        where !Equals(value.Now, value.Wanted)
        select new FanOutAttributeChange { Name = value.Name, Old = value.Now, New = value.Wanted };

    private static FanOutAttributeChange New(string name, object? value) => new() { Name = name, New = value };
}
