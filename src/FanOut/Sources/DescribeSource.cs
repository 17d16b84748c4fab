using FanOut.Aws.Lambda;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>Describes a source as cmdlets output it.</summary>
internal static class DescribeSource
{
    /// <summary>The state of a source without an event source mapping or a subscription.</summary>
    public const string NotConnected = "NotConnected";

    /// <summary>The description.</summary>
    public static FanOutSource Of(SourceFacts facts)
    {
        (string kind, string name) = EventSource.Describe(facts.SourceArn);
        EventSourceMappingConfiguration? eventSourceMapping = facts.EventSourceMapping;
        EventRetries? retries = facts.Topic is { State: not NotConnected } ? facts.Topic.Retries : null;
        return new FanOutSource
        {
            SourceArn = facts.SourceArn,
            ConsumerArn = eventSourceMapping is null ? null : EventSource.ConsumerOf(eventSourceMapping),
            Name = name,
            SourceType = Enum.TryParse<SourceType>(kind, out _) ? kind : null,
            Uuid = eventSourceMapping?.UUID,
            SubscriptionArn = facts.Topic?.SubscriptionArn,
            FunctionArn = eventSourceMapping?.FunctionArn ?? (facts.Topic is { State: not NotConnected } topic ? topic.FunctionArn : null),
            State = eventSourceMapping is not null ? eventSourceMapping.State ?? "Unknown" : kind == "SNS" ? facts.Topic?.State ?? "Unknown" : NotConnected,
            StateTransitionReason = eventSourceMapping?.StateTransitionReason,
            LastProcessingResult = eventSourceMapping?.LastProcessingResult,
            LastModified = eventSourceMapping?.LastModified,
            BatchSize = eventSourceMapping?.BatchSize,
            BatchingWindow = Seconds(eventSourceMapping?.MaximumBatchingWindowInSeconds),
            ParallelizationFactor = eventSourceMapping?.ParallelizationFactor,
            StartingPosition = Position(eventSourceMapping?.StartingPosition),
            StartingPositionTimestamp = eventSourceMapping?.StartingPositionTimestamp,
            ReportBatchItemFailures = eventSourceMapping is null ? null : ReportingPlan.Reports(eventSourceMapping),
            BisectBatchOnFunctionError = eventSourceMapping?.BisectBatchOnFunctionError,
            MaximumRetryAttempts = eventSourceMapping?.MaximumRetryAttempts ?? retries?.MaximumRetryAttempts,
            MaximumRecordAge = Seconds(eventSourceMapping?.MaximumRecordAgeInSeconds) ?? retries?.MaximumRecordAge,
            OnFailureDestination = eventSourceMapping?.DestinationConfig?.OnFailure?.Destination ?? retries?.OnFailureDestination,
            EnabledTargets = facts.Targets?.Count(static t => t.Mapping is { Active: true }),
            AllTargets = facts.Targets?.Count,
            IteratorAge = facts.IteratorAge,
            Problems = [.. SourceProblems.Of(facts)],
            Region = facts.Region,
            FunctionName = facts.FunctionName,
            TableName = facts.TableName,
        };
    }

    /// <summary>Where reading begins.</summary>
    /// <param name="position">The same in Lambda's words.</param>
    public static StreamPosition? Position(string? position) => position switch
    {
        "LATEST" => StreamPosition.Latest,
        "TRIM_HORIZON" => StreamPosition.TrimHorizon,
        "AT_TIMESTAMP" => StreamPosition.AtTimestamp,
        _ => null,
    };

    private static TimeSpan? Seconds(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
