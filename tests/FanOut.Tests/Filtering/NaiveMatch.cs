using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FanOut.Tests.Filtering;

/// <summary>Event patterns as one would write them first: over documents, by the definition, with no thought of cost.</summary>
internal static class NaiveMatch
{
    public static bool Matches(string pattern, byte[] json)
    {
        using var asked = JsonDocument.Parse(pattern);
        using var given = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
        return Field(asked.RootElement, [given.RootElement]);
    }

    /// <summary>A field of a pattern against all values of that name.</summary>
    private static bool Field(JsonElement asked, IEnumerable<JsonElement> values)
    {
        List<JsonElement> flat = [.. values.SelectMany(Flatten)];
        if (asked.ValueKind == JsonValueKind.Object)
        {
            List<JsonElement> objects = [.. flat.Where(static v => v.ValueKind == JsonValueKind.Object)];
            return objects.Count == 0 ? Object(asked, null) : objects.Exists(o => Object(asked, o));
        }

        List<JsonElement> scalars = [.. flat.Where(static v => v.ValueKind != JsonValueKind.Object)];
        return asked.EnumerateArray().Any(condition => IsAbsence(condition) ? scalars.Count == 0 : scalars.Exists(v => Condition(condition, v)));
    }

    private static bool Object(JsonElement asked, JsonElement? given) => asked.EnumerateObject().All(field =>
        field.Name == "$or" && field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray().Any(alternative => Object(alternative, given))
            : Field(field.Value, given is { } o ? o.EnumerateObject().Where(p => p.NameEquals(field.Name)).Select(static p => p.Value) : []));

    private static IEnumerable<JsonElement> Flatten(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flatten) : [value];

    private static bool IsAbsence(JsonElement condition) =>
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("exists", out JsonElement exists) && !exists.GetBoolean();

    private static bool Condition(JsonElement condition, JsonElement value)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return Equal(condition, value);
        }

        JsonProperty only = condition.EnumerateObject().Single();
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return only.Name switch
        {
            "exists" => true,
            "anything-but" when only.Value.ValueKind == JsonValueKind.Object => !AnyText(only.Value.EnumerateObject().Single(), text),
            "anything-but" => !List(only.Value).Any(v => Equal(v, value)),
            "numeric" => value.ValueKind == JsonValueKind.Number && Numeric(only.Value, Number(value)),
            "cidr" => text is not null && Cidr(only.Value.GetString()!, text),
            _ => AnyText(only, text),
        };
    }

    private static bool AnyText(JsonProperty condition, string? text) => text is not null && List(condition.Value).Any(operand =>
    {
        bool ignoreCase = operand.ValueKind == JsonValueKind.Object;
        string wanted = (ignoreCase ? operand.EnumerateObject().Single().Value : operand).GetString()!;
        StringComparison comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return condition.Name switch
        {
            "prefix" => text.StartsWith(wanted, comparison),
            "suffix" => text.EndsWith(wanted, comparison),
            "equals-ignore-case" => text.Equals(wanted, StringComparison.OrdinalIgnoreCase),
            _ => Regex.IsMatch(text, Wildcard(wanted), RegexOptions.Singleline | RegexOptions.CultureInvariant),
        };
    });

    private static string Wildcard(string wanted) => @"\A" + Regex.Replace(wanted, @"\\(.)|\*|[^\\*]+", static m =>
        m.Value == "*" ? ".*" : Regex.Escape(m.Groups[1].Success ? m.Groups[1].Value : m.Value), RegexOptions.Singleline) + @"\z";

    private static List<JsonElement> List(JsonElement one) => one.ValueKind == JsonValueKind.Array ? [.. one.EnumerateArray()] : [one];

    private static bool Equal(JsonElement asked, JsonElement value) => asked.ValueKind == value.ValueKind && asked.ValueKind switch
    {
        JsonValueKind.String => asked.GetString() == value.GetString(),
        JsonValueKind.Number => Compare(Number(asked), Number(value)) == 0,
        _ => true,
    };

    private static bool Numeric(JsonElement bounds, (BigInteger, int) value)
    {
        var most = (new BigInteger(5_000_000_000), 0);
        if (Compare(value, most) > 0 || Compare(value, (-most.Item1, 0)) < 0)
        {
            return false;
        }

        return Enumerable.Range(0, bounds.GetArrayLength() / 2).All(i => (bounds[2 * i].GetString(), Compare(value, Number(bounds[(2 * i) + 1]))) switch
        {
            ("=", 0) or ("<=", <= 0) or (">=", >= 0) or ("<", < 0) or (">", > 0) => true,
            _ => false,
        });
    }

    // A whole number and a power of ten.
    private static (BigInteger Digits, int Exponent) Number(JsonElement json)
    {
        string[] parts = json.GetRawText().ToLowerInvariant().Split('e');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        if (Math.Abs(exponent) > 2_000)
        {
            throw new OverflowException("Whole numbers of that size would take too long.");
        }

        return (BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), exponent - (point < 0 ? 0 : parts[0].Length - point - 1));
    }

    private static int Compare((BigInteger Digits, int Exponent) one, (BigInteger Digits, int Exponent) other)
    {
        int least = Math.Min(one.Exponent, other.Exponent);
        return (one.Digits * BigInteger.Pow(10, one.Exponent - least)).CompareTo(other.Digits * BigInteger.Pow(10, other.Exponent - least));
    }

    private static bool Cidr(string network, string text)
    {
        string[] parts = network.Split('/');
        byte[] of = IPAddress.Parse(parts[0]).GetAddressBytes();
        if (!IPAddress.TryParse(text, out IPAddress? address) || address.GetAddressBytes() is not { } bytes || bytes.Length != of.Length)
        {
            return false;
        }

        int length = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return Enumerable.Range(0, length).All(bit => ((bytes[bit / 8] ^ of[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }
}
