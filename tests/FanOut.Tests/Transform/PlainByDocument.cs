using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FanOut.Tests.Transform;

/// <summary>DynamoDB's typed JSON to plain JSON the slow way: through a document, by regular expression. Null if it is not typed JSON.</summary>
internal static partial class PlainByDocument
{
    public static string? Convert(byte[] typed)
    {
        if (!Arbitrary.IsUtf8(typed))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(typed, new JsonDocumentOptions { MaxDepth = 1000 });
            return Map(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string Number(string text)
    {
        Match match = NumberPattern().Match(text);
        if (!match.Success || (match.Groups["whole"].Length == 0 && match.Groups["fraction"].Length == 0))
        {
            throw new FormatException();
        }

        string whole = match.Groups["whole"].Value.TrimStart('0');
        return (text.StartsWith('-') ? "-" : "") + (whole.Length == 0 ? "0" : whole)
            + (match.Groups["fraction"].Length == 0 ? "" : "." + match.Groups["fraction"].Value) + match.Groups["exponent"].Value;
    }

    private static string Map(JsonElement map) => map.ValueKind == JsonValueKind.Object
        ? "{" + string.Join(',', map.EnumerateObject().Select(each => $"\"{Raw(each)}\":{Value(each.Value)}")) + "}"
        : throw new FormatException();

    private static string Value(JsonElement attribute)
    {
        if (attribute.ValueKind != JsonValueKind.Object || attribute.EnumerateObject().Count() != 1)
        {
            throw new FormatException();
        }

        JsonProperty only = attribute.EnumerateObject().Single();
        return (Raw(only), only.Value.ValueKind) switch
        {
            ("S", JsonValueKind.String) => only.Value.GetRawText(),
            ("B", _) => Binary(only.Value),
            ("N", _) => Number(only.Value),
            ("BOOL", JsonValueKind.True) => "true",
            ("BOOL", JsonValueKind.False) => "false",
            ("NULL", JsonValueKind.True) => "null",
            ("BS", JsonValueKind.Array) => Array(only.Value, Binary),
            ("SS", JsonValueKind.Array) => Array(only.Value, each => each.ValueKind == JsonValueKind.String ? each.GetRawText() : throw new FormatException()),
            ("NS", JsonValueKind.Array) => Array(only.Value, Number),
            ("L", JsonValueKind.Array) => Array(only.Value, Value),
            ("M", _) => Map(only.Value),
            _ => throw new FormatException(),
        };
    }

    private static string Array(JsonElement array, Func<JsonElement, string> each) => "[" + string.Join(',', array.EnumerateArray().Select(each)) + "]";

    private static string Number(JsonElement text) => text.ValueKind == JsonValueKind.String ? Number(text.GetString()!) : throw new FormatException();

    private static string Binary(JsonElement text) =>
        text.ValueKind == JsonValueKind.String && Base64Pattern().IsMatch(text.GetString()!) ? text.GetRawText() : throw new FormatException();

    private static string Raw(JsonProperty property) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));

    [GeneratedRegex(@"\A([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Base64Pattern();

    [GeneratedRegex(@"\A[+-]?(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?(?<exponent>[eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
