using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine.Events;

namespace FanOut.Engine.Templates;

/// <summary>A mapping's <c>messageAttributes</c>: the attributes that its messages have, by which subscribers can filter; in MQTT their user properties.</summary>
/// <remarks>
/// <code>{"country":"&lt;data.country&gt;","kind":"order","total":{"Number":"&lt;data.total&gt;"},"tags":{"String.Array":"&lt;data.tags&gt;"}}</code>
/// What SQS and SNS allow: <see href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html"/>,
/// <see href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html"/>.
/// </remarks>
public sealed class AttributeTemplates : IEquatable<AttributeTemplates>
{
    private readonly AttributeTemplate[] _all;

    private AttributeTemplates(string text, AttributeTemplate[] all) => (Text, _all) = (text, all);

    /// <summary>Their JSON, as it stands in the table.</summary>
    public string Text { get; }

    /// <summary>The attributes.</summary>
    public IReadOnlyList<AttributeTemplate> All => _all;

    /// <summary>Reads attributes.</summary>
    /// <param name="text">Their JSON.</param>
    /// <param name="rules">What the target asks of them.</param>
    /// <param name="kind">The kind of the source; null: it is not known.</param>
    /// <param name="sourceArn">The source, for <c>fanout.source</c>.</param>
    /// <param name="id">The mapping's id, for <c>fanout.mapping</c>.</param>
    /// <param name="attributes">The attributes, when the answer is true.</param>
    /// <param name="problem">Else what is wrong and where, and what is allowed: a sentence without its subject and full stop.</param>
    public static bool TryParse(
        string text, AttributeRules rules, SourceKind? kind, string sourceArn, string id, [NotNullWhen(true)] out AttributeTemplates? attributes, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rules);
        attributes = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                problem = $"is no object: {Form}";
                return false;
            }

            var all = new List<AttributeTemplate>();
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                problem = Add(property, rules, kind, sourceArn, id, all);
                if (problem is not null)
                {
                    return false;
                }
            }

            problem = all.Count == 0 ? $"names no attribute: {Form}" : all.Count > rules.Most ? $"has {all.Count} attributes; a message may have {rules.Most}" : null;
            attributes = problem is null ? new AttributeTemplates(text, [.. all]) : null;
            return problem is null;
        }
        catch (JsonException e)
        {
            problem = $"is no JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {Form}";
            return false;
        }
        catch (InvalidOperationException)
        {
            problem = "is no JSON: half a surrogate pair is escaped in it";
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] AttributeTemplates? other) => other is not null && Text == other.Text && _all.AsSpan().SequenceEqual(other._all);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeTemplates);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Their JSON.</summary>
    public override string ToString() => Text;

    private static string Form => """give names with texts, or with a type and a text, as in {"country":"<data.country>","total":{"Number":"<data.total>"}}""";

    private static string? Add(JsonProperty property, AttributeRules rules, SourceKind? kind, string sourceArn, string id, List<AttributeTemplate> all)
    {
        (string type, JsonElement value) = (MessageAttributeValue.StringType, property.Value);
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToArray() is [var only])
        {
            (type, value) = (only.Name, only.Value);
        }

        string name = property.Name;
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } template)
        {
            return $"'{name}' has no text: {Form}";
        }

        if (rules.NameProblem(name) is { } wrong)
        {
            return $"'{name}' is no name of an attribute: {wrong}";
        }

        if (!rules.Allows(type))
        {
            return $"'{name}' has the type '{type}', which is {rules.AllowedTypes}";
        }

        if (all.Exists(a => a.Name == name))
        {
            return $"names '{name}' twice";
        }

        if (!RecordTransform.TryParseTextOrConstant(template, kind, sourceArn, id, out RecordTransform? transform, out string? problem))
        {
            return $"'{name}' {problem}";
        }

        all.Add(new AttributeTemplate(name, type, transform));
        return null;
    }
}
