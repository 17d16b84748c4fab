using FanOut.Aws.Lambda;

namespace FanOut.Sources;

/// <summary>Describes a source as cmdlets output it.</summary>
internal static class DescribeSource
{
    /// <summary>The state of a source without an event source mapping.</summary>
    public const string NotConnected = "NotConnected";

    /// <summary>The description.</summary>
    public static FanOutSource Of(SourceFacts facts)
    {
        (string kind, string name) = EventSource.Describe(facts.SourceArn);
        EventSourceMappingConfiguration? eventSourceMapping = facts.EventSourceMapping;
        return new FanOutSource
        {
            SourceArn = facts.SourceArn,
            ConsumerArn = eventSourceMapping is null ? null : EventSource.ConsumerOf(eventSourceMapping),
            Name = name,
            Kind = kind,
            Uuid = eventSourceMapping?.UUID,
            FunctionArn = eventSourceMapping?.FunctionArn,
            State = eventSourceMapping is not null ? eventSourceMapping.State ?? "Unknown" : kind == "SNS" ? "Unknown" : NotConnected,
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
            MaximumRetryAttempts = eventSourceMapping?.MaximumRetryAttempts,
            MaximumRecordAge = Seconds(eventSourceMapping?.MaximumRecordAgeInSeconds),
            OnFailureDestination = eventSourceMapping?.DestinationConfig?.OnFailure?.Destination,
            ActiveTargets = facts.Targets?.Count(static t => t.Mapping is { Active: true }),
            AllTargets = facts.Targets?.Count,
            IteratorAge = facts.IteratorAge,
            Problems = [.. SourceProblems.Of(facts)],
            Region = facts.Region,
            FunctionName = facts.FunctionName,
            TableName = facts.TableName,
        };
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

    private static StreamPosition? Position(string? position) => position switch
    {
        "LATEST" => StreamPosition.Latest,
        "TRIM_HORIZON" => StreamPosition.TrimHorizon,
        "AT_TIMESTAMP" => StreamPosition.AtTimestamp,
        _ => null,
    };
}
