namespace FanOut.Engine.Mappings;

/// <summary>The names of the table's attributes. Those up to <see cref="AppendNewlines"/> are the original tool's.</summary>
public static class MappingAttributes
{
    /// <summary>Hash key.</summary>
    public const string SourceArn = "sourceArn";

    /// <summary>Range key.</summary>
    public const string Id = "id";

    /// <summary>See <see cref="Mapping.Type"/>.</summary>
    public const string Type = "type";

    /// <summary>See <see cref="Mapping.Destination"/>.</summary>
    public const string Destination = "destination";

    /// <summary>See <see cref="Mapping.Active"/>.</summary>
    public const string Active = "active";

    /// <summary>See <see cref="Mapping.Role"/>.</summary>
    public const string Role = "role";

    /// <summary>See <see cref="Mapping.ExternalId"/>.</summary>
    public const string ExternalId = "externalId";

    /// <summary>See <see cref="Mapping.Region"/>.</summary>
    public const string Region = "region";

    /// <summary>See <see cref="Mapping.Collapse"/>.</summary>
    public const string Collapse = "collapse";

    /// <summary>See <see cref="Mapping.Parallel"/>.</summary>
    public const string Parallel = "parallel";

    /// <summary>See <see cref="Mapping.ConvertDDB"/>.</summary>
    public const string ConvertDDB = "convertDDB";

    /// <summary>See <see cref="Mapping.Deaggregate"/>.</summary>
    public const string Deaggregate = "deaggregate";

    /// <summary>See <see cref="Mapping.AppendNewlines"/>.</summary>
    public const string AppendNewlines = "appendNewlines";

    /// <summary>See <see cref="Mapping.Unpack"/>.</summary>
    public const string Unpack = "unpack";

    /// <summary>See <see cref="Mapping.Passthrough"/>.</summary>
    public const string Passthrough = "passthrough";

    /// <summary>See <see cref="Mapping.View"/>.</summary>
    public const string View = "view";

    /// <summary>See <see cref="Mapping.HashKey"/>.</summary>
    public const string HashKey = "hashKey";

    /// <summary>See <see cref="Mapping.MaxItemBytes"/>.</summary>
    public const string MaxItemBytes = "maxItemBytes";

    /// <summary>See <see cref="Mapping.MaxBatchBytes"/>.</summary>
    public const string MaxBatchBytes = "maxBatchBytes";

    /// <summary>See <see cref="Mapping.DeadLetter"/>.</summary>
    public const string DeadLetter = "deadLetter";

    /// <summary>See <see cref="Mapping.OnFailure"/>.</summary>
    public const string OnFailure = "onFailure";

    /// <summary>See <see cref="Mapping.Filter"/>.</summary>
    public const string Filter = "filter";

    /// <summary>See <see cref="Mapping.Transform"/>.</summary>
    public const string Transform = "transform";

    /// <summary>See <see cref="Mapping.Key"/>.</summary>
    public const string Key = "key";

    /// <summary>See <see cref="Mapping.DeduplicationId"/>.</summary>
    public const string DeduplicationId = "deduplicationId";

    /// <summary>See <see cref="Mapping.EventSource"/>.</summary>
    public const string EventSource = "eventSource";

    /// <summary>See <see cref="Mapping.DetailType"/>.</summary>
    public const string DetailType = "detailType";

    /// <summary>See <see cref="Mapping.RecordFormat"/>.</summary>
    public const string RecordFormat = "recordFormat";

    /// <summary>See <see cref="Mapping.HeadersSecret"/>.</summary>
    public const string HeadersSecret = "headersSecret";

    /// <summary>See <see cref="Mapping.DocumentId"/>.</summary>
    public const string DocumentId = "documentId";

    /// <summary>See <see cref="Mapping.DocumentAction"/>.</summary>
    public const string DocumentAction = "documentAction";

    /// <summary>See <see cref="Mapping.MessageAttributes"/>.</summary>
    public const string MessageAttributes = "messageAttributes";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SourceArn, Id, Type, Destination, Active, Role, ExternalId, Region, Collapse, Parallel, ConvertDDB, Deaggregate, AppendNewlines, Unpack, Passthrough, View,
        HashKey, MaxItemBytes, MaxBatchBytes, DeadLetter, OnFailure, Filter, Transform, Key, DeduplicationId, EventSource, DetailType, RecordFormat, HeadersSecret, DocumentId, DocumentAction, MessageAttributes,
    ];
}
