using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Engine.Mappings;

/// <summary>Reads single attributes of a row, and collects what is wrong with them.</summary>
internal sealed class MappingRow(IReadOnlyDictionary<string, AttributeValue> item)
{
    public delegate bool TryParse<T>(string? text, out T value);

    /// <summary>What is wrong with the attributes read so far, a sentence for each, without a full stop.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>A string; null: the attribute is absent, empty or NULL.</summary>
    public string? Text(string attribute, bool required = false)
    {
        AttributeValue? value = item.GetValueOrDefault(attribute);
        string? text = value?.S?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (text is null && !IsAbsent(value))
            {
                AddProblem(attribute, null, "a string");
            }
            else if (required)
            {
                Problems.Add($"{attribute} is missing");
            }

            return null;
        }

        return text;
    }

    /// <summary>A string that has to pass a test.</summary>
    public string? Check(string attribute, string? text, Predicate<string> isAllowed, string allowed, bool isSecret = false)
    {
        if (text is null || isAllowed(text))
        {
            return text;
        }

        AddProblem(attribute, isSecret ? null : text, allowed);
        return null;
    }

    /// <summary>One of a set of words; the first of them if the attribute is absent.</summary>
    public T Word<T>(string attribute, TryParse<T> tryParse, string allowed)
        where T : struct, Enum
    {
        string? text = Text(attribute);
        if (!tryParse(text, out T value) && text is not null)
        {
            AddProblem(attribute, text, "one of " + allowed);
        }

        return value;
    }

    /// <summary>A truth value; null: the attribute is there, but is not a truth value.</summary>
    public bool? Flag(string attribute, bool whenAbsent)
    {
        AttributeValue? value = item.GetValueOrDefault(attribute);
        if (value?.BOOL is { } flag)
        {
            return flag;
        }

        string? text = value?.N ?? value?.S?.Trim();
        switch (text)
        {
            case "" or null when IsAbsent(value):
                return whenAbsent;
            case "1":
                return true;
            case "0":
                return false;
            default:
                if (bool.TryParse(text, out bool parsed))
                {
                    return parsed;
                }

                AddProblem(attribute, text, "true or false");
                return null;
        }
    }

    /// <summary>A number of bytes; null: the attribute is absent or not such a number.</summary>
    public int? Bytes(string attribute)
    {
        AttributeValue? value = item.GetValueOrDefault(attribute);
        if (IsAbsent(value))
        {
            return null;
        }

        string? text = value?.N ?? value?.S?.Trim();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0)
        {
            return bytes;
        }

        AddProblem(attribute, text, $"a whole number of bytes from 1 to {int.MaxValue}");
        return null;
    }

    /// <summary>Notes that an attribute's value is not allowed.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="value">Its value, when it can be shown.</param>
    /// <param name="allowed">What it has to be.</param>
    public void AddProblem(string attribute, string? value, string allowed) =>
        Problems.Add($"{attribute}{(value is null ? "" : $" '{Masked.Of(value)}'")} is not {allowed}");

    private static bool IsAbsent(AttributeValue? value) =>
        value is null || value.NULL == true || (value.S is { } text && string.IsNullOrWhiteSpace(text));
}
