using System.Globalization;
using System.Text.Encodings.Web;
using CsCheck;
using FanOut.Engine.Filtering;

namespace FanOut.Tests.Filtering;

/// <summary>Random patterns and events of few names and few values, so that they meet often.</summary>
internal static class Arbitrary
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "c", "dé", "a\"b");

    private static readonly Gen<string> Text = Gen.Frequency(
        (4, Gen.OneOf("", "a", "ab", "aab", "ba", "A", "É", "éa", "🔑", "a*b", "a\\b", "x\n", "10.0.0.1", "10.0.0.200", "11.0.0.1", "2001:db8::1", "2001:DB8:0:0::1", "2001:db9::1")),
        (1, FanOut.Tests.Transform.Arbitrary.Text));

    private static readonly Gen<string> Number = Gen.Frequency(
        (4, Gen.OneOf("0", "-0.0", "1", "1.0", "10e-1", "2", "1.5", "-1", "100", "1e2", "5000000001", "-6e9", "1733000000000", "1.733e12", "0.10", "1e-1", "1E+2")),
        (1, Gen.Double[-10, 10].Select(d => d.ToString("R", CultureInfo.InvariantCulture))),
        (1, Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture))));

    private static readonly Gen<string> Bound = Gen.OneOf("0", "1", "1.0", "-1", "0.5", "1.5", "100", "2e0", "-6e9", "1733000000000");

    private static readonly Gen<string> Scalar = Gen.Frequency((3, Text.Select(Quoted)), (3, Number), (1, Gen.OneOf("true", "false", "null")));

    private static readonly Gen<string> Network = Gen.OneOf("10.0.0.0/24", "10.0.0.128/25", "0.0.0.0/0", "10.0.0.1/32", "2001:db8::/32", "::/0");

    private static readonly Gen<string> Wildcard = Gen.OneOf("*", "a*", "*b", "a*b", "*a*", "a\\*b", "*\\\\*", "a*b*a", "é*", "plain");

    private static readonly Gen<string> TextCondition = Gen.OneOf(
        Gen.Select(Gen.OneOf("prefix", "suffix", "equals-ignore-case"), Text.Where(static t => t.Length > 0), static (name, text) => Only(name, Quoted(text))),
        Gen.Select(Gen.OneOf("prefix", "suffix"), Text.Where(static t => t.Length > 0), static (name, text) => Only(name, Only("equals-ignore-case", Quoted(text)))),
        Wildcard.Select(static w => Only("wildcard", Quoted(w))));

    private static readonly Gen<string> Numeric = Gen.OneOf(
        Gen.Select(Gen.OneOf("=", "<", "<=", ">", ">="), Bound, static (comparison, number) => $"[{Quoted(comparison)},{number}]"),
        Gen.OneOf("""[">",0,"<=",1]""", """["<",100,">=",-1]""", """[">=",1,"<=",1.5]"""));

    private static readonly Gen<string> Condition = Gen.Frequency(
        (3, Scalar),
        (2, TextCondition),
        (1, Numeric.Select(static n => Only("numeric", n))),
        (1, Network.Select(static n => Only("cidr", Quoted(n)))),
        (1, Text.Select(static t => Only("exactly", Quoted(t)))),
        (1, Gen.Bool.Select(static b => Only("exists", b ? "true" : "false"))),
        (1, Gen.OneOf(Text.Select(Quoted), Number).Select(static v => Only("anything-but", v))),
        (1, Text.Select(Quoted).Array[1, 3].Select(static v => Only("anything-but", ListOf(v)))),
        (1, Number.Array[1, 3].Select(static v => Only("anything-but", ListOf(v)))),
        (1, TextCondition.Select(static c => Only("anything-but", c))));

    /// <summary>JSON of any kind.</summary>
    public static Gen<string> Event { get; } = Values(4);

    /// <summary>A valid pattern, unless its <c>$or</c> make too much of it.</summary>
    public static Gen<string> Pattern { get; } = Nodes(3).Where(static p =>
        EventPattern.TryParse(p, out _, out string? problem) || !problem.Contains("alternatives", StringComparison.Ordinal));

    private static Gen<string> Values(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (2, Scalar),
        (2, Values(depth - 1).Array[0, 3].Select(static v => ListOf(v))),
        (4, Gen.Select(Name, Values(depth - 1), static (n, v) => $"{Quoted(n)}: {v}").Array[0, 4].Select(static f => "{" + string.Join(" , ", f) + "}")));

    private static Gen<string> Nodes(int depth)
    {
        Gen<string> leaf = Condition.Array[1, 2].Select(static c => ListOf(c));
        Gen<string> value = depth == 0 ? leaf : Gen.Frequency((3, leaf), (2, Nodes(depth - 1)));
        Gen<Dictionary<string, string>> fields = Gen.Select(Name, value).Array[1, 2].Select(static f => f.DistinctBy(static x => x.Item1).ToDictionary(static x => x.Item1, static x => x.Item2));
        return depth == 0 ? fields.Select(ObjectOf) : Gen.Frequency(
            (4, fields.Select(ObjectOf)),
            (1, Gen.Select(fields, Nodes(depth - 1).Array[2, 3], static (f, or) => ObjectOf(new(f) { ["$or"] = ListOf(or) }))),
            (1, Gen.Select(fields, Nodes(depth - 1).Array[2, 3], static (f, or) => ObjectOf(new Dictionary<string, string>([new("$or", ListOf(or)), .. f])))),
            (1, Nodes(depth - 1).Array[2, 3].Select(static or => Only("$or", ListOf(or)))));
    }

    private static string ObjectOf(Dictionary<string, string> fields) => "{" + string.Join(",", fields.Select(static f => $"{Quoted(f.Key)}:{f.Value}")) + "}";

    private static string Only(string name, string value) => $"{{{Quoted(name)}:{value}}}";

    private static string ListOf(IEnumerable<string> values) => $"[{string.Join(",", values)}]";

    // Sometimes escaped more than needed.
    private static string Quoted(string text) =>
        $"\"{(text.Length % 2 == 0 ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Encode(text)}\"";
}
