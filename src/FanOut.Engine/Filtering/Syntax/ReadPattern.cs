using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads a pattern's JSON, and says what is wrong with it and where.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html"/>. As in EventBridge's rule engine,
/// <see href="https://github.com/aws/event-ruler"/>, each object of <c>$or</c> goes on from what stands before it, and a field that is asked
/// for again replaces the earlier one.
/// </remarks>
internal sealed class ReadPattern
{
    /// <summary>How long a pattern may be, in bytes of UTF-8.</summary>
    public const int MaxBytes = 32_768;

    /// <summary>How deep its objects may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many fields it may have, those of alternatives counted too.</summary>
    public const int MaxFields = 500;

    /// <summary>How many alternatives <c>$or</c> may make of it: those of several <c>$or</c> beside each other multiply.</summary>
    public const int MaxAlternatives = 1_000;

    /// <summary>How long a field's name may be, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 256;

    private const string Or = "$or";

    private int _fields;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="alternatives">The ways in which an event can match, at least one, when the answer is true.</param>
    /// <param name="problem">Else what is wrong: a sentence that follows the pattern's name, without a full stop.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<Alternative>? alternatives, [NotNullWhen(false)] out string? problem)
    {
        (alternatives, problem) = (null, null);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > MaxBytes)
        {
            problem = $"has {utf8.Length} bytes, {MaxBytes} are allowed";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            alternatives = new ReadPattern().Object(document.RootElement, "", [], [new Alternative()]);
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

    /// <summary>Reads an object's fields into alternatives that there are already.</summary>
    /// <param name="json">The object.</param>
    /// <param name="at">Where it stands, for errors.</param>
    /// <param name="path">The names of fields that lead there.</param>
    /// <param name="alternatives">What is asked so far; the fields are added to each.</param>
    /// <returns>The same alternatives, or as many more as <c>$or</c> makes of them.</returns>
    private List<Alternative> Object(JsonElement json, string at, string[] path, List<Alternative> alternatives)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidPatternException(at, "an object with the names of fields is expected");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string name = property.Name, place = at.Length == 0 ? name : $"{at}.{name}";
            if (!names.Add(name))
            {
                throw new InvalidPatternException(place, "the name stands twice");
            }

            alternatives = name == Or ? Each(property.Value, place, path, alternatives) : Field(property, place, [.. path, name], alternatives);
        }

        return names.Count > 0 ? alternatives : throw new InvalidPatternException(at, "an empty object asks for nothing");
    }

    private List<Alternative> Field(JsonProperty property, string at, string[] path, List<Alternative> alternatives)
    {
        if (++_fields > MaxFields)
        {
            throw new InvalidPatternException(at, $"it is too much: a pattern may have {MaxFields} fields");
        }

        if (Encoding.UTF8.GetByteCount(property.Name) > MaxNameBytes)
        {
            throw new InvalidPatternException("", $"a name is longer than {MaxNameBytes} bytes");
        }

        switch (property.Value.ValueKind)
        {
            case JsonValueKind.Object:
                return Object(property.Value, at, path, alternatives);
            case JsonValueKind.Array:
                ValueCondition[] conditions = ReadConditions.Of(property.Value, at, out bool mayBeAbsent);
                var field = new PatternField(_fields, path, conditions, mayBeAbsent);
                alternatives.ForEach(a => a.Ask(field));
                return alternatives;
            default:
                throw new InvalidPatternException(at, "values stand in an array, [\"value\"], and further names in an object");
        }
    }

    /// <summary>Reads <c>$or</c>: each of its objects makes alternatives of its own of those that there are.</summary>
    private List<Alternative> Each(JsonElement array, string at, string[] path, List<Alternative> alternatives)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() < 2)
        {
            throw new InvalidPatternException(at, "an array is expected, of two alternatives at least, each an object");
        }

        var all = new List<Alternative>();
        for (int i = 0; i < array.GetArrayLength(); i++)
        {
            string place = $"{at}[{i}]";
            RefuseOperators(array[i], place);
            all.AddRange(Object(array[i], place, path, alternatives.ConvertAll(static a => a.Copy())));
            if (all.Count > MaxAlternatives)
            {
                throw new InvalidPatternException(at, $"it is too much: a pattern may have {MaxAlternatives} alternatives, and those of several {Or} multiply");
            }
        }

        return all;
    }

    private static void RefuseOperators(JsonElement alternative, string at)
    {
        if (alternative.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in alternative.EnumerateObject())
        {
            if (ReadConditions.IsOperator(property.Name))
            {
                throw new InvalidPatternException($"{at}.{property.Name}", "the name of a field is expected, not an operator");
            }
        }
    }
}
