namespace FanOut.DesiredState.Sections;

/// <summary>
/// The names of a desired state: each is that of a parameter, and takes what the parameter takes. The one list: files are read and written by it, and
/// FanOut.Help makes FanOut.schema.json of it.
/// </summary>
internal static class SectionParameters
{
    /// <summary>Of the function: those of Publish-FanOutFunction.</summary>
    public const string Function = "FunctionName, TableName, Alias, Role, Subnet, SecurityGroup, MemorySize, Timeout, Architecture, Runtime, Environment, Tag, "
        + "KmsKeyArn, ResourceKmsKeyArn, LogRetentionDays, Metrics, ReservedConcurrency";

    /// <summary>Of a source: those of Connect-FanOutSource.</summary>
    public const string Source = "Source, SourceType, SourceArn, StartingPosition, StartingPositionTimestamp, BatchSize, BatchingWindow, ParallelizationFactor, "
        + "OnFailureDestination, MaximumRetryAttempts, MaximumRecordAge, Suspended";

    /// <summary>Of a target: those of Register-FanOutTarget.</summary>
    public const string Target = "Id, Type, Destination, Index, Source, SourceType, SourceArn, Enabled, DestinationRegion, DestinationRoleArn, ExternalId, Collapse, "
        + "Parallel, ConvertDDB, Deaggregate, Unpack, AppendNewlines, View, HashKey, RecordFormat, Passthrough, MaxItemBytes, MaxBatchBytes, DeadLetter, OnFailure, Filter, Transform, Key, DeduplicationId, HeadersSecret, DocumentId, DocumentAction, MessageAttribute, EventSource, DetailType";

    /// <summary>The names of a list.</summary>
    public static IReadOnlyList<string> Of(string section) => section.Split(", ");
}
