using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Templates;

/// <summary>Transforms of random JSON, compared with what System.Text.Json makes of it.</summary>
public class TransformProperties
{
    private static readonly string[] Names = ["a", "b", "c-d"];

    private static readonly Gen<string> Leaf = Gen.OneOf(
        Arbitrary.Text.Where(IsWhole).Select(static t => TransformRecords.Quoted(t)), Gen.Int.Select(static n => $"{n}"), Gen.OneOf("true", "false", "null", "-1.50e7"));

    private static readonly Gen<string> Value = Gen.Recursive<string>(static (depth, inner) => depth > 3
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Gen.Select(Gen.OneOf(Names), inner).Array[0, 3].Select(static fields => $"{{{string.Join(", ", fields.DistinctBy(static f => f.Item1).Select(static f => $"\"{f.Item1}\" : {f.Item2}"))}}}"),
            inner.Array[0, 3].Select(static items => $"[ {string.Join(" ,", items)} ]")));

    private static readonly Gen<string> Path = Gen.OneOf(Gen.OneOf(Names).Select(static n => "." + n), Gen.Int[0, 2].Select(static i => $"[{i}]")).Array[1, 3].Select(string.Concat);

    [Fact]
    public void In_JSON_each_value_is_the_one_that_its_path_leads_to() => Gen.Select(Value, Path.Array[1, 4]).Sample((data, paths) =>
    {
        string template = $"{{\"v\":[{string.Join(" , ", paths.Select(static p => $"<data{p}>"))}],\"s\":\"{string.Concat(paths.Select(static p => $"<data{p}>|"))}\"}}";

        JsonNode made = JsonNode.Parse(TransformRecords.Apply(TransformRecords.Of(template), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data))))!;

        JsonNode?[] expected = [.. paths.Select(p => Follow(JsonNode.Parse(data), p))];
        Assert.True(JsonNode.DeepEquals(new JsonArray([.. expected.Select(static e => e?.DeepClone())]), made["v"]));
        foreach ((JsonNode? value, string path) in expected.Zip(paths).Where(static e => e.First is JsonValue v && v.GetValueKind() == JsonValueKind.String))
        {
            Assert.Contains(value!.GetValue<string>() + "|", made["s"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Text_is_what_the_string_says() => Arbitrary.Text.Where(IsWhole).Sample(static text =>
        Assert.Equal($"({text})", TransformRecords.Apply(TransformRecords.Of("(<data.a>)"), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"{{\"a\":{TransformRecords.Quoted(text)}}}")))));

    [Fact]
    public void Damaged_data_is_told_or_gives_JSON() => Arbitrary.Damaged("""{"a":{"b":[1,"x\u00e9",null,{"c-d":true}]}}"""u8.ToArray(), "{}[]\",:\\u0 ").Sample(data =>
    {
        string made = TransformRecords.Apply(TransformRecords.Of("{\"x\":<data.a.b[1]>,\"y\":<data.a.b[*].c-d>,\"z\":\"<data.a>\"}"), LambdaEvent.Kinesis(data));
        if (made is not ("NotJson" or "NotText"))
        {
            using JsonDocument document = JsonDocument.Parse(made);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    });

    [Fact]
    public void Damaged_transforms_are_told_or_work() =>
        Arbitrary.Damaged("""{"inputPathsMap":{"a":"$.data.x[0]"},"inputTemplate":"{\"v\": <a>, \"s\": \"<partitionKey> <data.y.*>\"}"}"""u8.ToArray(), "{}[]<>\"\\$.*: ").Where(Arbitrary.IsUtf8).Sample(text =>
        {
            if (FanOut.Engine.Templates.RecordTransform.TryParse(Encoding.UTF8.GetString(text), FanOut.Engine.Events.SourceKind.Kinesis, LambdaEvent.Stream, "m", out var transform, out string? problem))
            {
                string made = TransformRecords.Apply(transform, LambdaEvent.Kinesis("""{"x":["q\""],"y":{"z":1}}"""u8.ToArray()));
                if (transform.IsJson)
                {
                    JsonDocument.Parse(made).Dispose();
                }
            }
            else
            {
                Assert.NotEmpty(problem);
            }
        });

    private static bool IsWhole(string text) => !text.Contains('\ufffd') || Arbitrary.IsUtf8(Encoding.UTF8.GetBytes(text));

    private static JsonNode? Follow(JsonNode? node, string path)
    {
        foreach (string step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = step[0] == '['
                ? node is JsonArray array && int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture) is var index && index < array.Count ? array[index] : null
                : node is JsonObject fields ? fields[step] : null;
        }

        return node;
    }
}
