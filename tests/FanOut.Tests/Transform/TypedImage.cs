using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace FanOut.Tests.Transform;

/// <summary>Random images in DynamoDB's typed JSON: all types, nested, compact or indented, with few escapes or many.</summary>
internal static class TypedImage
{
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Long.Select(value => $"{value}"),
        Gen.Decimal.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Int[-9, 9], Gen.ULong, Gen.Int[-130, 125]).Select((whole, fraction, exponent) => $"{whole}.{fraction}E{exponent:+0;-0}"),
        Gen.OneOf(".5", "+5", "05", "-00.50", "5.", "-.5e3", "0", "-0", "1e5"));

    private static readonly Gen<string> Binary = Gen.Byte.Array[0, 20].Select(Convert.ToBase64String);

    public static Gen<byte[]> Any { get; } =
        from map in MapOf(3)
        from isIndented in Gen.Bool
        from isEscaped in Gen.Bool
        select Write(map, new() { Indented = isIndented, NewLine = "\r\n", Encoder = isEscaped ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static Gen<JsonObject> MapOf(int depth) =>
        Gen.Select(Arbitrary.Text, AttributeOf(depth)).Array[0, 5].Select(members =>
            new JsonObject(members.Select((member, i) => KeyValuePair.Create<string, JsonNode?>($"{i}{member.Item1}", member.Item2))));

    private static Gen<JsonObject> AttributeOf(int depth)
    {
        List<Gen<JsonObject>> types =
        [
            Of("S", Arbitrary.Text),
            Of("N", Number),
            Of("B", Binary),
            Gen.Bool.Select(value => new JsonObject { ["BOOL"] = value }),
            Gen.Const(() => new JsonObject { ["NULL"] = true }),
            SetOf("SS", Arbitrary.Text),
            SetOf("NS", Number),
            SetOf("BS", Binary),
        ];
        if (depth > 0)
        {
            types.Add(MapOf(depth - 1).Select(map => new JsonObject { ["M"] = map }));
            types.Add(AttributeOf(depth - 1).Array[0, 4].Select(items => new JsonObject { ["L"] = new JsonArray([.. items]) }));
        }
        return Gen.OneOf<JsonObject>([.. types]);
    }

    private static Gen<JsonObject> Of(string type, Gen<string> text) => text.Select(value => new JsonObject { [type] = value });

    private static Gen<JsonObject> SetOf(string type, Gen<string> text) =>
        text.Array[0, 4].Select(values => new JsonObject { [type] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) });

    private static byte[] Write(JsonObject map, JsonWriterOptions options)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, options))
        {
            map.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
