using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>The words that stand in the table for <see cref="TargetType"/>, <see cref="Collapse"/>, <see cref="View"/>, <see cref="DocumentId"/>, <see cref="DocumentAction"/>, <see cref="RecordFormat"/>, <see cref="Unpack"/> and <see cref="OnFailure"/>.</summary>
public static class MappingText
{
    /// <summary>All words for <c>type</c>, with commas between them: the one list of target types. Each is the name of its <see cref="TargetType"/>, in lower case.</summary>
    public const string AllTypes = "sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached, redis, http";

    private static readonly Word<TargetType>[] Types =
        Array.ConvertAll(AllTypes.Split(", "), static word => new Word<TargetType>(word, Enum.Parse<TargetType>(word, ignoreCase: true)));

    private static readonly Word<Collapse>[] Collapses =
    [
        new("JSON", Collapse.Json),
        new("none", Collapse.None),
        new("concat", Collapse.Concat),
        new("concat-b64", Collapse.ConcatBase64),
        new("array", Collapse.JsonArray),
        new("ndjson", Collapse.JsonLines),
    ];

    private static readonly Word<View>[] Views =
    [
        new("newImage", View.NewImage),
        new("oldImage", View.OldImage),
        new("both", View.Both),
        new("record", View.Record),
    ];

    private static readonly Word<RecordFormat>[] Formats =
    [
        new("raw", RecordFormat.Raw),
        new("dynamodb-changes", RecordFormat.DynamoDbChanges),
    ];

    private static readonly Word<Unpack>[] Unpacks =
    [
        new("none", Unpack.None),
        new("gzip", Unpack.Gzip),
        new("cloudWatchLogs", Unpack.CloudWatchLogs),
    ];

    private static readonly Word<DocumentId>[] DocumentIds = [new("key", DocumentId.Key), new("sequence", DocumentId.Sequence), new("none", DocumentId.None)];

    private static readonly Word<DocumentAction>[] DocumentActions = [new("index", DocumentAction.Index), new("create", DocumentAction.Create)];

    private const string Block = "block", DeadLetter = "deadLetter";

    /// <summary>All words for <c>collapse</c>, with commas between them.</summary>
    public static string AllCollapses { get; } = All(Collapses);

    /// <summary>All words for <c>view</c>, with commas between them.</summary>
    public static string AllViews { get; } = All(Views);

    /// <summary>All words for <c>recordFormat</c>, with commas between them.</summary>
    public static string AllRecordFormats { get; } = All(Formats);

    /// <summary>All words for <c>unpack</c>, with commas between them.</summary>
    public static string AllUnpacks { get; } = All(Unpacks);

    /// <summary>All words for <c>documentId</c>, with commas between them.</summary>
    public static string AllDocumentIds { get; } = All(DocumentIds);

    /// <summary>All words for <c>documentAction</c>, with commas between them.</summary>
    public static string AllDocumentActions { get; } = All(DocumentActions);

    /// <summary>All words for <c>onFailure</c>, with commas between them.</summary>
    public const string AllOnFailures = Block + ", " + DeadLetter;

    /// <summary>The word for a type.</summary>
    public static string Of(TargetType type) => Find(Types, type);

    /// <summary>The word for a collapse mode.</summary>
    public static string Of(Collapse collapse) => Find(Collapses, collapse);

    /// <summary>The word for a view.</summary>
    public static string Of(View view) => Find(Views, view);

    /// <summary>The word for what the data of records is.</summary>
    public static string Of(RecordFormat format) => Find(Formats, format);

    /// <summary>The word for what is unpacked.</summary>
    public static string Of(Unpack unpack) => Find(Unpacks, unpack);

    /// <summary>The word for what documents have as their ids.</summary>
    public static string Of(DocumentId id) => Find(DocumentIds, id);

    /// <summary>The word for how documents are written.</summary>
    public static string Of(DocumentAction action) => Find(DocumentActions, action);

    /// <summary>The word for what becomes of records that cannot be delivered.</summary>
    public static string Of(OnFailure onFailure) => onFailure == OnFailure.Block ? Block : DeadLetter;

    /// <summary>Reads the word for a type, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TargetType type) => TryFind(Types, text, out type);

    /// <summary>Reads the word for a collapse mode, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Collapse collapse) => TryFind(Collapses, text, out collapse);

    /// <summary>Reads the word for a view, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out View view) => TryFind(Views, text, out view);

    /// <summary>Reads the word for what the data of records is, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RecordFormat format) => TryFind(Formats, text, out format);

    /// <summary>Reads the word for what is unpacked, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Unpack unpack) => TryFind(Unpacks, text, out unpack);

    /// <summary>Reads the word for what documents have as their ids, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentId id) => TryFind(DocumentIds, text, out id);

    /// <summary>Reads the word for how documents are written, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentAction action) => TryFind(DocumentActions, text, out action);

    /// <summary>Reads the word for what becomes of records that cannot be delivered, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OnFailure onFailure)
    {
        onFailure = string.Equals(text, DeadLetter, StringComparison.OrdinalIgnoreCase) ? OnFailure.DeadLetter : OnFailure.Block;
        return onFailure == OnFailure.DeadLetter || string.Equals(text, Block, StringComparison.OrdinalIgnoreCase);
    }

    private static string Find<T>(Word<T>[] words, T value)
        where T : struct, Enum => Array.Find(words, word => EqualityComparer<T>.Default.Equals(word.Value, value)).Text;

    private static bool TryFind<T>(Word<T>[] words, string? text, out T value)
        where T : struct, Enum
    {
        Word<T> found = Array.Find(words, word => string.Equals(word.Text, text, StringComparison.OrdinalIgnoreCase));
        value = found.Value;
        return found.Text is not null;
    }

    private static string All<T>(Word<T>[] words)
        where T : struct, Enum => string.Join(", ", words.Select(word => word.Text));

    private readonly record struct Word<T>(string Text, T Value)
        where T : struct, Enum;
}
