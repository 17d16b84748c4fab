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
        EventSourceMappingConfiguration? mapping = facts.EventSourceMapping;
        return new FanOutSource
        {
            SourceArn = facts.SourceArn,
            ConsumerArn = mapping is null ? null : EventSource.ConsumerOf(mapping),
            Name = name,
            Kind = kind,
            Uuid = mapping?.UUID,
            FunctionArn = mapping?.FunctionArn,
            State = mapping is not null ? mapping.State ?? "Unknown" : kind == "SNS" ? "Unknown" : NotConnected,
            StateTransitionReason = mapping?.StateTransitionReason,
            LastProcessingResult = mapping?.LastProcessingResult,
            LastModified = mapping?.LastModified,
            BatchSize = mapping?.BatchSize,
            BatchingWindow = Seconds(mapping?.MaximumBatchingWindowInSeconds),
            ParallelizationFactor = mapping?.ParallelizationFactor,
            StartingPosition = Position(mapping?.StartingPosition),
            StartingPositionTimestamp = mapping?.StartingPositionTimestamp,
            ReportBatchItemFailures = mapping is null ? null : ReportingPlan.Reports(mapping),
            BisectBatchOnFunctionError = mapping?.BisectBatchOnFunctionError,
            MaximumRetryAttempts = mapping?.MaximumRetryAttempts,
            MaximumRecordAge = Seconds(mapping?.MaximumRecordAgeInSeconds),
            OnFailureDestination = mapping?.DestinationConfig?.OnFailure?.Destination,
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
