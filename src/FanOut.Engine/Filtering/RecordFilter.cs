using System.Diagnostics.CodeAnalysis;
using System.Text;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering.Matching;
using FanOut.Engine.Filtering.Shapes;
using FanOut.Engine.Filtering.Syntax;

namespace FanOut.Engine.Filtering;

/// <summary>A mapping's <c>filter</c>: an event pattern that says which records of the source are sent.</summary>
/// <remarks>
/// The pattern looks at a record as a filter of an event source mapping does: at <c>data</c>, <c>partitionKey</c> … of Kinesis, at
/// <c>eventName</c> and the typed <c>dynamodb</c> of DynamoDB; besides at <c>keys</c>, <c>newImage</c> and <c>oldImage</c> as plain JSON,
/// and at the <c>data</c> of SNS. See docs/filtering.md. Two filters are equal when their texts are, and both look at changes that Kinesis carries, or neither does.
/// </remarks>
public sealed class RecordFilter : IEquatable<RecordFilter>
{
    private readonly IReadOnlyList<Alternative> _alternatives;
    private readonly SourceKind? _kind;
    private readonly string? _carrier;

    private RecordFilter(string text, SourceKind? kind, string? carrier, IReadOnlyList<Alternative> alternatives)
    {
        Text = text;
        (_kind, _carrier, _alternatives) = (kind, carrier, alternatives);
        Root = CompilePattern.Of(alternatives, out int slots);
        Slots = slots;
        var others = new List<LevelField>();
        foreach (LevelField field in Root.Fields)
        {
            switch (Encoding.UTF8.GetString(field.Name))
            {
                case RecordFields.Data:
                    DataText = field.Values.Length > 0 ? field.OfValues : null;
                    DataJson = field.Child is not null ? field.OfObjects : null;
                    break;
                case RecordFields.PartitionKey:
                    PartitionKey = field;
                    break;
                case RecordFields.SequenceNumber:
                    SequenceNumber = field;
                    break;
                case RecordFields.Keys:
                    Keys = field;
                    break;
                case RecordFields.NewImage:
                    NewImage = field;
                    break;
                case RecordFields.OldImage:
                    OldImage = field;
                    break;
                default:
                    others.Add(field);
                    break;
            }
        }

        Event = others.Count > 0 ? new Level([.. others], 0, 0, []) : null;
    }

    /// <summary>The pattern's JSON, as it stands in the table.</summary>
    public string Text { get; }

    /// <summary>Whether it looks at changes of tables that a Kinesis stream carries.</summary>
    internal bool ReadsChanges => _carrier is not null;

    internal Level Root { get; }

    internal int Slots { get; }

    /// <summary>What the pattern asks of the data as text.</summary>
    internal LevelField? DataText { get; }

    /// <summary>What the pattern asks of the data as JSON.</summary>
    internal LevelField? DataJson { get; }

    internal LevelField? PartitionKey { get; }

    internal LevelField? SequenceNumber { get; }

    internal LevelField? Keys { get; }

    internal LevelField? NewImage { get; }

    internal LevelField? OldImage { get; }

    /// <summary>What the pattern asks of fields that only the event's own record has; null: nothing.</summary>
    internal Level? Event { get; }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The pattern's JSON.</param>
    /// <param name="kind">
    /// The kind of the source: only names that its records have may be asked for; null: it is not known, any name is allowed.
    /// </param>
    /// <param name="filter">The filter, when the answer is true.</param>
    /// <param name="problem">Else what is wrong and where, and what is allowed: a sentence without its subject and full stop.</param>
    /// <param name="sourceArn">The source, which tells how changes of a table come, if they are looked at; null: from the table's own stream.</param>
    public static bool TryParse(string text, SourceKind? kind, [NotNullWhen(true)] out RecordFilter? filter, [NotNullWhen(false)] out string? problem, string? sourceArn = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        filter = null;
        if (!ReadPattern.TryRead(text, out IReadOnlyList<Alternative>? alternatives, out problem))
        {
            return false;
        }

        // A name that no record has would silently filter out every record.
        string? carrier = RecordShapes.AreCarried(kind, sourceArn) ? sourceArn : null;
        IEnumerable<string> names = alternatives.SelectMany(static a => a.Fields).Select(static f => f.Path[0]);
        if (kind is { } known && RecordShapes.Of(known, carrier).Fields is { } fields && names.FirstOrDefault(n => !fields.ContainsKey(n)) is { } unknown)
        {
            problem = $"asks for '{unknown}', which no record of the source has; it has {string.Join(", ", fields.Keys)}";
            return false;
        }

        filter = new RecordFilter(text, kind, carrier, alternatives);
        return true;
    }

    /// <summary>What of the filter no record of its source can ever match; null: nothing, or it is not known what the source is.</summary>
    /// <param name="sourceArn">The source's ARN.</param>
    /// <param name="streamViewType">Which images a table's stream carries: <c>KEYS_ONLY</c> …; null: it is not known.</param>
    public UnmatchableFilter? FindUnmatchable(string sourceArn, string? streamViewType = null)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);
        return _kind is { } kind && Unmatchable.Find(_alternatives, RecordShapes.Of(kind, sourceArn, streamViewType), out bool isWhole) is { } reason
            ? new UnmatchableFilter(isWhole, reason)
            : null;
    }

    /// <summary>Whether it may let a record of a table's stream through.</summary>
    /// <param name="eventName">The record's event: <c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</param>
    public bool MayMatch(string eventName) =>
        Unmatchable.Find(_alternatives, RecordShapes.Of(SourceKind.DynamoDb, _carrier, eventName: eventName), out bool isWhole) is null || !isWhole;

    /// <inheritdoc/>
    public bool Equals(RecordFilter? other) => other is not null && Text == other.Text && ReadsChanges == other.ReadsChanges;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pattern's JSON.</summary>
    public override string ToString() => Text;
}
