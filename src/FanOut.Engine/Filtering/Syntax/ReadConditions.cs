using System.Text;
using System.Text.Json;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads what a pattern asks of a value: <c>["a", 1, null, {"prefix": "b"}]</c>.</summary>
internal static class ReadConditions
{
    private static readonly string[] Operators =
        ["prefix", "suffix", "anything-but", "numeric", "exists", "equals-ignore-case", "wildcard", "cidr", "exactly"];

    /// <summary>Whether a name is that of an operator.</summary>
    public static bool IsOperator(string name) => Operators.Contains(name, StringComparer.Ordinal);

    /// <summary>Reads the conditions of a field.</summary>
    /// <param name="array">The array.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="mayBeAbsent">Whether <c>{"exists": false}</c> is among them.</param>
    public static ValueCondition[] Of(JsonElement array, string path, out bool mayBeAbsent)
    {
        mayBeAbsent = false;
        if (array.GetArrayLength() == 0)
        {
            throw new InvalidPatternException(path, "an empty array asks for nothing");
        }

        var conditions = new List<ValueCondition>(array.GetArrayLength());
        for (int i = 0; i < array.GetArrayLength(); i++)
        {
            string at = $"{path}[{i}]";
            if (array[i].ValueKind != JsonValueKind.Object)
            {
                conditions.Add(AddressOf(array[i]) is { } address ? new EqualsAddress(address) : Value(array[i], at));
                continue;
            }

            (string name, JsonElement operand) = Operator(array[i], at);
            at += "." + name;
            if (name == "exists" && operand.ValueKind == JsonValueKind.False)
            {
                mayBeAbsent = true;
                continue;
            }

            conditions.Add(name switch
            {
                "exists" when operand.ValueKind == JsonValueKind.True => new Exists(),
                "exists" => throw new InvalidPatternException(at, "true or false is expected"),
                "anything-but" => ReadAnythingBut.Of(operand, at),
                "numeric" => ReadNumeric.Of(operand, at),
                "cidr" => Network(operand, at),
                "exactly" => new EqualsText(Text(operand, at)),
                _ => TextCondition(name, operand, at),
            });
        }

        return [.. conditions];
    }

    /// <summary>An operator and its operand: the only name of an object.</summary>
    public static (string Name, JsonElement Operand) Operator(JsonElement json, string path)
    {
        using JsonElement.ObjectEnumerator properties = json.EnumerateObject();
        if (!properties.MoveNext())
        {
            throw new InvalidPatternException(path, "an operator is expected: one of " + string.Join(", ", Operators));
        }

        JsonProperty only = properties.Current;
        if (properties.MoveNext())
        {
            throw new InvalidPatternException(path, "one operator is expected, not two; several conditions are several objects");
        }

        return IsOperator(only.Name)
            ? (only.Name, only.Value)
            : throw new InvalidPatternException(path, $"'{only.Name}' is no operator; there are {string.Join(", ", Operators)}");
    }

    /// <summary>The condition that a value equals one that the pattern names.</summary>
    public static ValueCondition Value(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.String => new EqualsText(Text(json, path)),
        JsonValueKind.Number => new EqualsNumber(Encoding.ASCII.GetBytes(json.GetRawText())),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => new EqualsLiteral(Encoding.ASCII.GetBytes(json.GetRawText())),
        _ => throw new InvalidPatternException(path, "a string, a number, true, false, null or an operator is expected"),
    };

    /// <summary>A condition on strings: prefix, suffix, equals-ignore-case or wildcard.</summary>
    public static ValueCondition TextCondition(string name, JsonElement operand, string path)
    {
        bool ignoreCase = false;
        if (operand.ValueKind == JsonValueKind.Object && name is "prefix" or "suffix")
        {
            (string inner, operand) = Operator(operand, path);
            path += "." + inner;
            ignoreCase = inner == "equals-ignore-case" ? true : throw new InvalidPatternException(path, "only equals-ignore-case can stand here");
        }

        byte[] text = Text(operand, path);
        return name switch
        {
            "prefix" => new StartsWith(text, ignoreCase),
            "suffix" => new EndsWith(text, ignoreCase),
            "equals-ignore-case" => new EqualsIgnoreCase(text),
            _ => new FitsWildcard(ReadWildcard.Of(text, path)),
        };
    }

    private static IsInNetwork Network(JsonElement operand, string path) => IpNetwork.TryParse(Text(operand, path), out IpNetwork network)
        ? new IsInNetwork(network)
        : throw new InvalidPatternException(path, "a network is expected, as \"10.0.0.0/24\" or \"2001:db8::/32\"");

    // An IPv4 address is spelled in only one way, so it is compared as text.
    private static IpAddress? AddressOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && IpAddress.TryParse(Encoding.UTF8.GetBytes(json.GetString()!), out IpAddress address) && address.IsV6
            ? address
            : null;

    private static byte[] Text(JsonElement json, string path) => json.ValueKind == JsonValueKind.String
        ? Encoding.UTF8.GetBytes(json.GetString()!)
        : throw new InvalidPatternException(path, "a string is expected");
}
