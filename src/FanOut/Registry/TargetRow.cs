using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>A row of the table: a mapping, or an invalid row with the reason.</summary>
/// <param name="item">The row's attributes.</param>
/// <param name="region">The table's region.</param>
/// <param name="function">The function's name.</param>
/// <param name="table">The table's name or ARN.</param>
internal sealed class TargetRow(Dictionary<string, AttributeValue> item, string region, string function, string table)
{
    private readonly Mapping? _mapping = MappingReader.Read(item, out _, new OwnFunction(function, region));

    /// <summary>The attributes.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Item => item;

    /// <summary>The mapping; null: the row is not valid.</summary>
    public Mapping? Mapping => _mapping;

    /// <summary>The ARN of the source; empty if the row has none.</summary>
    public string SourceArn => Text(MappingAttributes.SourceArn) ?? "";

    /// <summary>The id; empty if the row has none.</summary>
    public string Id => Text(MappingAttributes.Id) ?? "";

    /// <summary>Why the row is not a valid mapping; null: it is valid.</summary>
    public string? Problem => Invalid?.Reason;

    /// <summary>What is wrong with the row, and in which attributes; null: it is a valid mapping.</summary>
    public InvalidMapping? Invalid => MappingReader.Read(item, out InvalidMapping? invalid, new OwnFunction(function, region)) is null ? invalid : null;

    /// <summary>The row as it would be after changes; null removes an attribute.</summary>
    public TargetRow With(IReadOnlyDictionary<string, AttributeValue?> changes)
    {
        var changed = new Dictionary<string, AttributeValue>(item);
        foreach ((string attribute, AttributeValue? value) in changes)
        {
            if (value is null)
            {
                changed.Remove(attribute);
            }
            else
            {
                changed[attribute] = value;
            }
        }

        return new TargetRow(changed, region, function, table);
    }

    /// <summary>The row of a mapping that takes this one's place.</summary>
    public TargetRow With(Mapping mapping) => new(MappingWriter.Write(mapping), region, function, table);

    /// <summary>Whether the function would do the same with another row: it reads the same mapping, or neither is one and their settings are equal.</summary>
    public bool MeansTheSameAs(TargetRow other) => _mapping is not null || other._mapping is not null
        ? _mapping == other._mapping
        : MappingAttributes.All.All(a => AreEqual(item.GetValueOrDefault(a), other.Item.GetValueOrDefault(a)));

    /// <summary>The row as cmdlets output it.</summary>
    /// <param name="withSecrets">Whether the destination keeps its password.</param>
    public FanOutTarget ToTarget(bool withSecrets = false) => _mapping is { } mapping ? Of(mapping, withSecrets) : OfInvalid();

    private FanOutTarget Of(Mapping mapping, bool withSecrets) => new()
    {
        SourceArn = mapping.SourceArn,
        Id = mapping.Id,
        Type = MappingText.Of(mapping.Type),
        Destination = withSecrets ? mapping.Destination.Text : mapping.Destination.Display,
        Enabled = mapping.Active,
        DestinationRegion = mapping.Region,
        DestinationRoleArn = mapping.Role,
        ExternalId = mapping.ExternalId,
        Collapse = MappingText.Of(mapping.Collapse),
        Parallel = mapping.Parallel,
        ConvertDDB = mapping.ConvertDDB,
        Deaggregate = mapping.Deaggregate,
        Unpack = MappingText.Of(mapping.Unpack),
        AppendNewlines = mapping.AppendNewlines,
        Passthrough = mapping.Passthrough,
        View = MappingText.Of(mapping.View),
        HashKey = mapping.HashKey,
        RecordFormat = mapping.RecordFormat == default ? null : MappingText.Of(mapping.RecordFormat),
        MaxItemBytes = mapping.MaxItemBytes,
        MaxBatchBytes = mapping.MaxBatchBytes,
        DeadLetter = mapping.DeadLetter?.Text,
        OnFailure = MappingText.Of(mapping.OnFailure),
        Filter = mapping.Filter?.Text,
        Transform = mapping.Transform?.Text,
        Key = mapping.Key?.Text,
        DocumentId = mapping.DocumentId == default ? null : MappingText.Of(mapping.DocumentId),
        DocumentAction = mapping.DocumentAction == default ? null : MappingText.Of(mapping.DocumentAction),
        MessageAttribute = mapping.MessageAttributes?.Text,
        DeduplicationId = mapping.DeduplicationId?.Text,
        EventSource = mapping.EventSource?.Text,
        DetailType = mapping.DetailType?.Text,
        HeadersSecret = mapping.HeadersSecret,
        Region = region,
        FunctionName = function,
        TableName = table,
    };

    // Without the destination: if it could not be parsed, a password may be anywhere in it.
    private FanOutTarget OfInvalid() => new()
    {
        SourceArn = SourceArn,
        Id = Id,
        Type = Text(MappingAttributes.Type),
        Enabled = item.GetValueOrDefault(MappingAttributes.Active)?.BOOL != false,
        Collapse = Text(MappingAttributes.Collapse),
        View = Text(MappingAttributes.View),
        Unpack = Text(MappingAttributes.Unpack),
        HashKey = Text(MappingAttributes.HashKey),
        RecordFormat = Text(MappingAttributes.RecordFormat),
        OnFailure = Text(MappingAttributes.OnFailure),
        Filter = Text(MappingAttributes.Filter),
        Transform = Text(MappingAttributes.Transform),
        Key = Text(MappingAttributes.Key),
        DocumentId = Text(MappingAttributes.DocumentId),
        DocumentAction = Text(MappingAttributes.DocumentAction),
        MessageAttribute = Text(MappingAttributes.MessageAttributes),
        DeduplicationId = Text(MappingAttributes.DeduplicationId),
        EventSource = Text(MappingAttributes.EventSource),
        DetailType = Text(MappingAttributes.DetailType),
        HeadersSecret = Text(MappingAttributes.HeadersSecret),
        DestinationRegion = Text(MappingAttributes.Region),
        DestinationRoleArn = Text(MappingAttributes.Role),
        Problem = Problem,
        Region = region,
        FunctionName = function,
        TableName = table,
    };

    private static bool AreEqual(AttributeValue? one, AttributeValue? other) => (one?.S, one?.N, one?.BOOL, one?.NULL) == (other?.S, other?.N, other?.BOOL, other?.NULL);

    private string? Text(string attribute) => item.GetValueOrDefault(attribute)?.S;
}
