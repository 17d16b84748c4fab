using FanOut.Engine.Events;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>What <see cref="DocumentId.Sequence"/> is made of.</summary>
internal static class SequenceIds
{
    /// <summary>The name of the text.</summary>
    public const string Name = "documentId";

    // A sequence number is unique within its shard, and only events of Kinesis name shards:
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsResultEntry.html
    private static readonly TextTemplate OfShard = Of("<fanout.shardId>:<fanout.sequenceNumber>", SourceKind.Kinesis);
    private static readonly TextTemplate OfSource = Of("<fanout.sequenceNumber>", SourceKind.DynamoDb);

    /// <summary>The text of records of a source.</summary>
    public static TextTemplate Of(string sourceArn) => Events.SourceArn.IsOf(SourceKind.Kinesis, sourceArn) ? OfShard : OfSource;

    private static TextTemplate Of(string text, SourceKind kind) => RecordTransform.TryParseText(text, kind, "", "", out RecordTransform? template, out string? problem)
        ? new TextTemplate(Name, template, "NoDocumentId") : throw new InvalidOperationException(problem);
}
