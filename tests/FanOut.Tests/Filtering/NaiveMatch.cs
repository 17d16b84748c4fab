using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
        return Alternatives(asked.RootElement).Exists(fields => Objects(fields, 0, [given.RootElement]));
    }

    /// <summary>The fields of each way to match: what <c>$or</c> asks for again is asked no longer as it was asked before.</summary>
    private static List<List<Asked>> Alternatives(JsonElement pattern)
    {
        List<List<Asked>> all = [[]];
        Read(pattern, []);
        return all;

        void Read(JsonElement json, string[] path)
        {
            foreach (JsonProperty property in json.EnumerateObject())
            {
                string[] deeper = [.. path, property.Name];
                if (property.Name == "$or")
                {
                    List<List<Asked>> before = all;
                    all = [.. property.Value.EnumerateArray().SelectMany(alternative =>
                    {
                        all = before;
                        Read(alternative, path);
                        return all;
                    })];
                }
                else if (property.Value.ValueKind == JsonValueKind.Object)
                {
                    Read(property.Value, deeper);
                }
                else
                {
                    all = [.. all.Select(fields => fields.Where(f => !f.Path.SequenceEqual(deeper)).Append(new Asked(deeper, property.Value)).ToList())];
                }
            }
        }
    }

    /// <summary>Whether one and the same of some objects has all fields; no object at all is one without any field.</summary>
    private static bool Objects(List<Asked> fields, int depth, IEnumerable<JsonElement> values)
    {
        List<JsonElement?> objects = [.. values.SelectMany(Flatten).Where(static v => v.ValueKind == JsonValueKind.Object).Select(static v => (JsonElement?)v)];
        return objects.DefaultIfEmpty(null).Any(o => fields.GroupBy(f => f.Path[depth]).All(asked =>
        {
            List<JsonElement> found = o is { } given ? [.. given.EnumerateObject().Where(p => p.NameEquals(asked.Key)).Select(static p => p.Value)] : [];
            List<Asked> deeper = [.. asked.Where(f => f.Path.Length > depth + 1)];
            return asked.Except(deeper).All(f => Value(f.Conditions, found)) && (deeper.Count == 0 || Objects(deeper, depth + 1, found));
        }));
    }

    private static bool Value(JsonElement conditions, IEnumerable<JsonElement> values)
    {
        List<JsonElement> scalars = [.. values.SelectMany(Flatten).Where(static v => v.ValueKind != JsonValueKind.Object)];
        return conditions.EnumerateArray().Any(condition => IsAbsence(condition) ? scalars.Count == 0 : scalars.Exists(v => Condition(condition, v)));
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flatten) : [value];

    private static bool IsAbsence(JsonElement condition) =>
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("exists", out JsonElement exists) && !exists.GetBoolean();

    private static bool Condition(JsonElement condition, JsonElement value)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return Equal(condition, value) || (IsV6(condition, out IPAddress? one) && IsV6(value, out IPAddress? other) && one.Equals(other));
        }

        JsonProperty only = condition.EnumerateObject().Single();
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return only.Name switch
        {
            "exists" => true,
            "exactly" => Equal(only.Value, value),
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

    private static bool Numeric(JsonElement bounds, (BigInteger, int) value) =>
        Enumerable.Range(0, bounds.GetArrayLength() / 2).All(i => (bounds[2 * i].GetString(), Compare(value, Number(bounds[(2 * i) + 1]))) switch
        {
            ("=", 0) or ("<=", <= 0) or (">=", >= 0) or ("<", < 0) or (">", > 0) => true,
            _ => false,
        });

    private static bool IsV6(JsonElement json, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return json.ValueKind == JsonValueKind.String && IPAddress.TryParse(json.GetString(), out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
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

    private sealed record Asked(string[] Path, JsonElement Conditions);
}
