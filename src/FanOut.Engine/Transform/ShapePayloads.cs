using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Writes what a mapping's <c>transform</c> makes of payloads, in place of their data.</summary>
/// <param name="payloads">The payloads, of data as it came.</param>
/// <param name="transform">The transform.</param>
/// <param name="appendNewlines">Whether a line feed follows each.</param>
internal sealed class ShapePayloads(Payloads payloads, RecordTransform transform, bool appendNewlines) : IDisposable
{
    // More than any target takes of a record. A template may write the same large field many times.
    private const long MostBytes = 16 * 1024 * 1024;

    private readonly ShapeValues _values = new(transform, payloads.Group);

    /// <summary>Replaces the data of payloads. Those that the transform can do nothing with are noted as such.</summary>
    /// <param name="first">The position of the first of them; all that follow it are replaced.</param>
    public void Replace(int first)
    {
        for (int i = first; i < payloads.Items.Count; i++)
        {
            Payload payload = payloads.Items[i];
            ReadOnlyMemory<byte> data = default;
            if ((_values.Read(payload) ?? Write(payload, out data)) is { } fault)
            {
                payloads.AddUnshaped(payload, fault);
            }
            else
            {
                payloads.Items[i] = payload with { Data = new Blob(data, false), IsJson = transform.IsJson };
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private Undecodable? Write(in Payload payload, out ReadOnlyMemory<byte> data)
    {
        data = default;
        long bytes = 1;
        foreach (TemplatePart part in transform.Parts)
        {
            bytes += part.IsLiteral ? part.Literal.Length : LengthOf(part);
        }

        if (bytes > MostBytes)
        {
            return new Undecodable(payload.Record, "Oversize", $"What the mapping's transform makes of the record has {bytes} bytes; {MostBytes} are allowed.", payload.Key);
        }

        Arena arena = payloads.Arena;
        arena.Begin((int)bytes);
        foreach (TemplatePart part in transform.Parts)
        {
            if (part.IsLiteral)
            {
                arena.Write(part.Literal.Span);
            }
            else if (!TryWrite(part, arena))
            {
                return new Undecodable(payload.Record, Undecodable.Broken, "A text that the mapping's transform asks for has half a surrogate pair in it.", payload.Key);
            }
        }

        if (appendNewlines)
        {
            arena.Write("\n"u8);
        }

        data = arena.Take();
        return null;
    }

    /// <summary>How many bytes <see cref="TryWrite"/> writes of a value, at most.</summary>
    private int LengthOf(TemplatePart part)
    {
        ReadOnlySpan<byte> value = _values.Of(part.Value, out ValueForm form);
        return (part.Place, form) switch
        {
            (Place.Json, ValueForm.Missing) => "null"u8.Length,
            (Place.Json, ValueForm.Text) => JsonEscape.LengthOf(value) + 2,
            (Place.JsonString, ValueForm.Text) => JsonEscape.LengthOf(value),
            (Place.JsonString, ValueForm.Json) when !IsString(value) => JsonEscape.LengthOf(value),
            _ => value.Length,
        };
    }

    private bool TryWrite(TemplatePart part, Arena arena)
    {
        ReadOnlySpan<byte> value = _values.Of(part.Value, out ValueForm form);
        switch (part.Place, form)
        {
            case (Place.Json, ValueForm.Missing):
                arena.Write("null"u8);
                return true;
            case (Place.Json, ValueForm.Text):
                arena.Write("\""u8);
                WriteEscaped(value, arena);
                arena.Write("\""u8);
                return true;
            case (Place.JsonString, ValueForm.Json) when IsString(value):
                arena.Write(value[1..^1]);
                return true;
            case (Place.JsonString, _):
                WriteEscaped(value, arena);
                return true;
            case (Place.Text, ValueForm.Json) when IsString(value):
                bool isText = JsonEscape.TryUndo(value, arena.GetSpan(value.Length), out int length);
                arena.Advance(isText ? length : 0);
                return isText;
            default:
                arena.Write(value);
                return true;
        }
    }

    private static void WriteEscaped(ReadOnlySpan<byte> text, Arena arena) => arena.Advance(JsonEscape.Write(text, arena.GetSpan(JsonEscape.LengthOf(text))));

    private static bool IsString(ReadOnlySpan<byte> json) => json[0] == (byte)'"';
}
