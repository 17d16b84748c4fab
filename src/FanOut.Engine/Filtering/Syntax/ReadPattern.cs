using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads a pattern's JSON, and says what is wrong with it and where.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html"/>.</remarks>
internal static class ReadPattern
{
    /// <summary>How long a pattern may be, in bytes of UTF-8.</summary>
    public const int MaxBytes = 32_768;

    /// <summary>How deep its objects may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many fields it may have, those of alternatives counted too.</summary>
    public const int MaxFields = 500;

    /// <summary>How long a field's name may be, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 256;

    private const string Or = "$or";

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="pattern">The pattern, when the answer is <see langword="true"/>.</param>
    /// <param name="problem">Else what is wrong: a sentence that follows the pattern's name, without a full stop.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out PatternNode? pattern, [NotNullWhen(false)] out string? problem)
    {
        (pattern, problem) = (null, null);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > MaxBytes)
        {
            problem = $"has {utf8.Length} bytes, {MaxBytes} are allowed";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            int left = MaxFields;
            pattern = Node(document.RootElement, "", ref left);
            return true;
        }
        catch (JsonException e)
        {
            problem = $"is not JSON, or deeper than {MaxDepth} levels: {e.Message.TrimEnd('.')}";
        }
        catch (InvalidOperationException)
        {
            problem = "is not JSON: half a surrogate pair is escaped in it";
        }
        catch (InvalidPatternException e)
        {
            problem = "is no event pattern: " + e.Message;
        }

        return false;
    }

    private static PatternNode Node(JsonElement json, string path, ref int left)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidPatternException(path, "an object with the names of fields is expected");
        }

        var fields = new List<PatternField>();
        var alternatives = new List<PatternNode>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string name = property.Name, at = path.Length == 0 ? name : $"{path}.{name}";
            if (!names.Add(name))
            {
                throw new InvalidPatternException(at, "the name stands twice");
            }

            if (name == Or && property.Value.ValueKind == JsonValueKind.Array)
            {
                AddAlternatives(alternatives, property.Value, at, ref left);
                continue;
            }

            if (--left < 0)
            {
                throw new InvalidPatternException(at, $"it is too much: a pattern may have {MaxFields} fields");
            }

            fields.Add(Field(name, property.Value, at, ref left));
        }

        return names.Count > 0 ? new PatternNode(fields, alternatives) : throw new InvalidPatternException(path, "an empty object asks for nothing");
    }

    private static PatternField Field(string name, JsonElement value, string at, ref int left)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw new InvalidPatternException("", $"a name is longer than {MaxNameBytes} bytes");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return new PatternField(name, [], false, Node(value, at, ref left));
            case JsonValueKind.Array:
                ValueCondition[] conditions = ReadConditions.Of(value, at, out bool mayBeAbsent);
                return new PatternField(name, conditions, mayBeAbsent, null);
            default:
                throw new InvalidPatternException(at, "values stand in an array, [\"value\"], and further names in an object");
        }
    }

    private static void AddAlternatives(List<PatternNode> alternatives, JsonElement array, string path, ref int left)
    {
        if (array.GetArrayLength() < 2)
        {
            throw new InvalidPatternException(path, "two alternatives at least are expected, each an object");
        }

        for (int i = 0; i < array.GetArrayLength(); i++)
        {
            PatternNode alternative = Node(array[i], $"{path}[{i}]", ref left);
            if (alternative.Fields.FirstOrDefault(static f => ReadConditions.IsOperator(f.Name)) is { } field)
            {
                throw new InvalidPatternException($"{path}[{i}].{field.Name}", "the name of a field is expected, not an operator");
            }

            alternatives.Add(alternative);
        }
    }
}
