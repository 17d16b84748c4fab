using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FanOut.Deployment.Templates;

/// <summary>Writes JSON as YAML of the same content.</summary>
/// <remarks>
/// CloudFormation reads YAML 1.1 (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html), where <c>on</c> is true, <c>2010-09-09</c> a date
/// and <c>012</c> ten: so a text stands without quotes only where no version of YAML can take it for anything else.
/// </remarks>
internal static partial class TemplateYaml
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf" };

    /// <summary>The YAML, in ASCII, with line feeds on every platform, without one at its end.</summary>
    public static string Of(JsonNode json)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, json);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Ascii(writer.ToString().TrimEnd('\n'));
    }

    private static void Write(IEmitter emitter, JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach ((string name, JsonNode? value) in members)
                {
                    Write(emitter, name);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (JsonNode? item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Write(emitter, (string)value!);
                break;
            default:
                emitter.Emit(new Scalar(json?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void Write(IEmitter emitter, string text) => emitter.Emit(new Scalar(
        AnchorName.Empty, TagName.Empty, text, Plain().IsMatch(text) && !Words.Contains(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlainImplicit: true, isQuotedImplicit: true));

    // What is beyond ASCII stands in double quotes, where these escapes mean it.
    private static string Ascii(string yaml)
    {
        var text = new StringBuilder(yaml.Length);
        foreach (Rune rune in yaml.EnumerateRunes())
        {
            _ = rune.IsAscii ? text.Append((char)rune.Value) : text.Append(CultureInfo.InvariantCulture, $"\\{(rune.IsBmp ? $"u{rune.Value:x4}" : $"U{rune.Value:x8}")}");
        }

        return text.ToString();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(?:(?:::|[:./_-])[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
