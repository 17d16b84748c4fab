using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>What it costs that a mapping makes several things of 500 records of 1 KB: its data, its key and texts besides, such as message attributes.</summary>
public class TextBenchmarks
{
    private static readonly PayloadOptions Bytes = new(PayloadForm.Bytes, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);

    private static readonly string[] Paths =
        ["type", "tenant", "customer.address.country", "payment.method", "payment.risk.score", "shipping.method", "currency", "items[0].sku"];

    private readonly RecordGroup _group = PayloadBenchmarks.Group(Samples.Orders(500));

    private PayloadOptions _options;

    /// <summary>How many texts there are.</summary>
    [Params(0, 1, 3, 8)]
    public int Texts { get; set; }

    /// <summary>Whether there are a transform and a key, too.</summary>
    [Params(false, true)]
    public bool Shaped { get; set; }

    [GlobalSetup]
    public void ReadTemplates() => _options = Bytes with
    {
        Transform = Shaped ? Transform("""{"inputTemplate":"{\"order\":<data.id>,\"customer\":<data.customer.id>,\"items\":<data.items>,\"total\":<data.total>}"}""") : null,
        Key = Shaped ? Text("<data.customer.id>") : null,
        Texts = TextTemplates.Of(Paths.Take(Texts).Select(static path => new TextTemplate(path, Text($"<data.{path}>"), null))),
    };

    [Benchmark]
    public int Make()
    {
        using Payloads payloads = MakePayloads.Of(_group, _options);
        return payloads.Unshaped is null ? payloads.All.Count : throw new InvalidOperationException("Some of the samples lack what the templates ask for.");
    }

    private static RecordTransform Transform(string text) =>
        RecordTransform.TryParse(text, SourceKind.Kinesis, Samples.Stream, "m", out RecordTransform? transform, out string? problem) ? transform : throw new InvalidOperationException(problem);

    private static RecordTransform Text(string template) =>
        RecordTransform.TryParseText(template, SourceKind.Kinesis, Samples.Stream, "m", out RecordTransform? transform, out string? problem) ? transform : throw new InvalidOperationException(problem);
}
