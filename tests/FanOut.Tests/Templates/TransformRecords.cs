using System.Text;
using System.Text.Json;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Templates;

/// <summary>What a transform makes of records.</summary>
internal static class TransformRecords
{
    /// <summary>The transform of a template and paths.</summary>
    public static RecordTransform Of(string template, string paths = "{}", SourceKind kind = SourceKind.Kinesis) =>
        RecordTransform.TryParse(Text(template, paths), kind, kind == SourceKind.Kinesis ? LambdaEvent.Stream : "", "m1", out RecordTransform? transform, out string? problem)
            ? transform
            : throw new InvalidOperationException(problem);

    /// <summary>What is wrong with a transform.</summary>
    public static string ProblemOf(string text, SourceKind? kind = SourceKind.Kinesis) =>
        RecordTransform.TryParse(text, kind, LambdaEvent.Stream, "m1", out _, out string? problem) ? throw new InvalidOperationException("It is valid.") : problem;

    /// <summary>The JSON of a transform.</summary>
    public static string Text(string template, string paths = "{}") => $$"""{"inputPathsMap":{{paths}},"inputTemplate":{{Quoted(template)}}}""";

    /// <summary>A string of JSON.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>What becomes of the record of an event: its data, or the code of what is wrong with it.</summary>
    public static string Apply(RecordTransform transform, string record, bool appendNewlines = false)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(record))[0];
        var options = new PayloadOptions(PayloadForm.AsIs, false, false, appendNewlines, View.NewImage) { Transform = transform };
        using Payloads payloads = MakePayloads.Of(group, options);
        Payload payload = Assert.Single(payloads.All);
        return payloads.FaultOf(payload) is { } fault ? fault.Code : Encoding.UTF8.GetString(payload.Data.Content.Span);
    }
}
