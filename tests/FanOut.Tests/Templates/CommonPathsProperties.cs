using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Templates;

/// <summary>What several templates make of a record that is read once for all of them is what each makes of it alone.</summary>
public class CommonPathsProperties
{
    private static readonly PayloadOptions Bytes = new(PayloadForm.Bytes, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);

    private static readonly string[] OfKinesis =
    [
        "<data>", "<data.a>", "<data.a.b>", "<data.a[1]>", "<data.b[0].a>|<data.b[*].a>", "<data.a.*>", "<data.b.c-d>-<data.b>", "<data[0]>", "x-<fanout.partitionKey>", "<fanout.shardId>",
        "<fanout.sequenceNumber> <data.a>", "<fanout.approximateArrivalTime>", "<fanout.record>", "<eventName><data.c-d>",
    ];

    private static readonly string[] OfTables =
    [
        "<newImage.a>", "<newImage.a.b>", "<oldImage.a>|<newImage.b>", "<oldImage.b[*]>", "<keys.id>", "<keys.id>/<newImage.a[0]>", "<fanout.eventName>", "<fanout.approximateArrivalTime>",
        "<fanout.partitionKey>", "<dynamodb.SizeBytes>",
    ];

    // Names may stand twice, and may be written with escapes.
    private static readonly Gen<string> Json = Gen.Recursive<string>(static (depth, inner) => depth > 3
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (4, Gen.Select(Gen.OneOf("a", "b", "c-d", "\\u0061", "x"), inner).Array[0, 4].Select(static f => $"{{{string.Join(" ,", f.Select(static x => $"\"{x.Item1}\": {x.Item2}"))}}}")),
            (2, inner.Array[0, 3].Select(static items => $"[ {string.Join(" ,", items)} ]"))));

    private static readonly Gen<byte[]> Data = Gen.Frequency(
        (6, Json.Select(static j => Encoding.UTF8.GetBytes(j))),
        (3, Arbitrary.Damaged("""{"a":{"b":[1,"xé",null]},"b":[{"a":"\n"}],"a":7}"""u8.ToArray(), "{}[]\",:\\u0 ")),
        (1, Gen.Byte.Array[0, 20]));

    private static readonly Gen<string> Image = Gen.OneOf(
        Gen.OneOf("""{"S":"x\ty"}""", """{"N":"1.50"}""", """{"L":[{"S":"l"},{"NULL":true}]}""", """{"M":{"b":{"SS":["p","q"]},"a":{"BOOL":false}}}""", """{"X":"?"}""", """{"N":"no number"}""")
            .Array[0, 2].Select(static values => $$"""{"id":{"S":"1"}{{string.Concat(values.Select(static (v, i) => $",\"{"ab"[i]}\":{v}"))}}}"""));

    private static Gen<string> Leaf => Gen.OneOf(Gen.OneOf("null", "true", "-1.5e7", "\"\"", "\"\\ud800\"", "\"\\u00e9\\n\""), Gen.Int.Select(static n => $"{n}"));

    [Fact]
    public void Of_records_of_streams() => Gen.Select(Data.Array[1, 4], Some(OfKinesis), Gen.Bool, Gen.Bool).Sample((data, templates, hasNewlines, isTransformed) =>
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(data.Select(static (d, i) => LambdaEvent.Kinesis(d, $"k{i}", $"4{i}"))))[0];
        CheckAll(group, templates, Bytes with { AppendNewlines = hasNewlines }, isTransformed);
    });

    [Fact]
    public void Of_changes_of_tables() => Gen.Select(Gen.Select(Image.Null(), Image.Null()).Array[1, 4], Some(OfTables), Gen.Bool).Sample((images, templates, isTransformed) =>
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(images.Select(static (i, n) => LambdaEvent.Dynamo("MODIFY", """{"id":{"S":"1"}}""", i.Item1, i.Item2, $"4{n}"))))[0];
        CheckAll(group, templates, Bytes with { View = View.Record }, isTransformed);
    });

    [Fact]
    public void Of_changes_of_tables_that_streams_carry() => Gen.Select(Image, Some([.. OfTables, "<fanout.shardId>"]), Gen.Bool).Sample((image, templates, isTransformed) =>
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Carrier(LambdaEvent.Change("INSERT", """{"id":{"S":"1"}}""", image))))[0];
        CheckAll(group, templates, Bytes with { View = View.Record, ReadsChanges = true }, isTransformed);
    });

    [Theory]
    [InlineData(JsonText.MaxDepth)]
    [InlineData(JsonText.MaxDepth + 1)]
    public void Of_JSON_as_deep_as_it_may_be_and_deeper(int depth)
    {
        string[] templates = ["<data>", "<data.a.a.a>", "<data.a>", "<data.a.b>", "<data.x>"];
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis(data)))[0];

        CheckAll(group, templates, Bytes, isTransformed: false);
        Assert.Equal(depth > JsonText.MaxDepth, TextsOf(group, Options(group, ["<data.a.a.a>"], Bytes)) is ["NotJson"]);
    }

    private static Gen<string[]> Some(string[] templates) => Gen.OneOf(templates).Array[2, 9];

    private static void CheckAll(RecordGroup group, string[] templates, PayloadOptions options, bool isTransformed)
    {
        PayloadOptions[] alone = [.. templates.Select(t => Options(group, [t], options))];
        PayloadOptions together = Options(group, templates, options);
        if (isTransformed)
        {
            (alone[0], alone[1]) = (options with { Transform = Template(group, templates[0], isTransform: true) }, options with { Key = Template(group, templates[1], isTransform: false) });
            together = Options(group, templates[2..], options) with { Transform = alone[0].Transform, Key = alone[1].Key };
        }

        string[][] made = [.. alone.Select(o => TextsOf(group, o))];
        Assert.Equal(Enumerable.Range(0, group.Records.Count).Select(record => Joined(made.Select(all => all[record]))), TextsOf(group, together));
    }

    // The first fault is the record's.
    private static string Joined(IEnumerable<string> made) => made.FirstOrDefault(static text => !text.StartsWith('=')) ?? string.Concat(made);

    private static PayloadOptions Options(RecordGroup group, string[] templates, PayloadOptions options) =>
        options with { Texts = TextTemplates.Of(templates.Select((t, i) => new TextTemplate($"{i}", Template(group, t, isTransform: false), null))) };

    private static RecordTransform Template(RecordGroup group, string text, bool isTransform)
    {
        bool isRead = isTransform
            ? RecordTransform.TryParse(TransformRecords.Text("=" + text), KindOf(group), group.SourceArn, "m", out RecordTransform? template, out string? problem)
            : RecordTransform.TryParseText("=" + text, KindOf(group), group.SourceArn, "m", out template, out problem);
        return isRead ? template! : throw new InvalidOperationException(problem);
    }

    // Templates of changes that a stream carries are those of a table.
    private static SourceKind? KindOf(RecordGroup group) => group.Kind == SourceKind.DynamoDb ? SourceKind.DynamoDb : null;

    // What was made of each record, one after the other, or the code of its fault.
    private static string[] TextsOf(RecordGroup group, PayloadOptions options)
    {
        using Payloads payloads = MakePayloads.Of(group, options);
        string[] made = new string[group.Records.Count];
        foreach (Payload payload in payloads.All)
        {
            made[payload.Record] = payloads.FaultOf(payload) is { } fault ? fault.Code
                : (options.Transform is null ? "" : Text(payload.Data.Content)[..^(options.AppendNewlines ? 1 : 0)])
                    + (options.Key is null ? "" : Text(payload.Key))
                    + string.Concat(Enumerable.Range(0, options.Texts?.Count ?? 0).Select(n => Text(payloads.Texts!.Of(payload, n))));
        }

        foreach (Undecodable broken in payloads.Undecodable)
        {
            made[broken.Record] = broken.Code;
        }

        return made;
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
