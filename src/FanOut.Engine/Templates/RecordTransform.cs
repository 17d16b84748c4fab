using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Events;

namespace FanOut.Engine.Templates;

/// <summary>A mapping's <c>transform</c>: what its target gets of a record, as an input transformer of EventBridge says it.</summary>
/// <remarks>
/// <code>{"inputPathsMap":{"id":"$.data.id"},"inputTemplate":"{\"order\": &lt;id&gt;, \"shard\": &lt;fanout.shardId&gt;}"}</code>
/// Paths lead into the record as filters see it, see docs/transforming.md. Two transforms are equal when they write the same of each record.
/// </remarks>
public sealed class RecordTransform : IEquatable<RecordTransform>
{
    private readonly string _identity;

    internal RecordTransform(string text, string identity, bool isJson, IReadOnlyList<TemplatePart> parts, IReadOnlyList<TemplateValue> values, TransformRoots roots)
    {
        (Text, _identity, IsJson, Parts, Values, Roots) = (text, identity, isJson, [.. parts], [.. values], roots);
    }

    /// <summary>The transform's JSON, as it stands in the table.</summary>
    public string Text { get; }

    /// <summary>Whether what it writes is JSON; otherwise it is text.</summary>
    public bool IsJson { get; }

    internal TemplatePart[] Parts { get; }

    internal TemplateValue[] Values { get; }

    /// <summary>Where its paths lead.</summary>
    internal TransformRoots Roots { get; }

    /// <summary>Reads a transform.</summary>
    /// <param name="text">Its JSON.</param>
    /// <param name="kind">The kind of the source: only what its records have may be asked for; null: it is not known, anything is allowed.</param>
    /// <param name="sourceArn">The source, for <c>fanout.source</c>.</param>
    /// <param name="id">The mapping's id, for <c>fanout.mapping</c>.</param>
    /// <param name="transform">The transform, when the answer is true.</param>
    /// <param name="problem">Else what is wrong and where, and what is allowed: a sentence without its subject and full stop.</param>
    public static bool TryParse(
        string text, SourceKind? kind, string sourceArn, string id, [NotNullWhen(true)] out RecordTransform? transform, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(() => new ReadTransform(kind, sourceArn, id).Read(text), out transform, out problem);
    }

    /// <summary>Reads a template of text, without a transform's JSON around it: a mapping's <c>key</c>.</summary>
    /// <param name="template">The template.</param>
    /// <param name="kind">As of <see cref="TryParse"/>.</param>
    /// <param name="sourceArn">As of <see cref="TryParse"/>.</param>
    /// <param name="id">As of <see cref="TryParse"/>.</param>
    /// <param name="transform">What writes it, when the answer is true.</param>
    /// <param name="problem">Else what is wrong: a sentence without its subject and full stop.</param>
    public static bool TryParseText(
        string template, SourceKind? kind, string sourceArn, string id, [NotNullWhen(true)] out RecordTransform? transform, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(template);
        return TryRead(() => new ReadTransform(kind, sourceArn, id).ReadText(template, mayBeConstant: false), out transform, out problem);
    }

    /// <summary>Reads a text that may have values of the record in it, or none.</summary>
    /// <inheritdoc cref="TryParseText"/>
    internal static bool TryParseTextOrConstant(
        string template, SourceKind? kind, string sourceArn, string id, [NotNullWhen(true)] out RecordTransform? transform, [NotNullWhen(false)] out string? problem) =>
        TryRead(() => new ReadTransform(kind, sourceArn, id).ReadText(template, mayBeConstant: true), out transform, out problem);

    /// <inheritdoc/>
    public bool Equals(RecordTransform? other) => other is not null && _identity == other._identity;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordTransform);

    /// <inheritdoc/>
    public override int GetHashCode() => _identity.GetHashCode(StringComparison.Ordinal);

    /// <summary>The transform's JSON.</summary>
    public override string ToString() => Text;

    private static bool TryRead(Func<RecordTransform> read, [NotNullWhen(true)] out RecordTransform? transform, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (transform, problem) = (read(), null);
            return true;
        }
        catch (InvalidTransformException e)
        {
            (transform, problem) = (null, e.Message);
            return false;
        }
    }
}
