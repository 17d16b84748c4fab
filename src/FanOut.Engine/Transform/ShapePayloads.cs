using FanOut.Aws;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Writes what a mapping's <c>transform</c> and <c>key</c> make of payloads, in place of their data and keys, and the texts that its target needs besides.</summary>
/// <param name="payloads">The payloads. With a transform they have the data as it came.</param>
/// <param name="options">How they are to look; they have a transform, a key or texts.</param>
internal sealed class ShapePayloads(Payloads payloads, PayloadOptions options) : IDisposable
{
    private readonly WriteTemplate? _data = Writer(options.Transform, payloads, skipLast: false);
    private readonly WriteTemplate? _key = Writer(options.Key, payloads, SkipsLast(options));
    private readonly WriteTemplate[] _texts = Writers(options, payloads);

    /// <summary>Replaces the data and keys of payloads. Those of which nothing can be made are noted as such.</summary>
    /// <param name="first">The position of the first of them; all that follow it are replaced.</param>
    public void Replace(int first)
    {
        for (int i = first; i < payloads.Items.Count; i++)
        {
            Payload payload = payloads.Items[i], shaped = payload;
            if (payloads.FaultOf(payload) is not null)
            {
                continue;
            }

            if ((WithData(payload, ref shaped) ?? WithKey(payload, ref shaped) ?? WithTexts(payload, ref shaped)) is { } fault)
            {
                payloads.AddUnshaped(payload, fault);
            }
            else
            {
                payloads.Items[i] = shaped;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data?.Dispose();
        _key?.Dispose();
        foreach (WriteTemplate text in _texts)
        {
            text.Dispose();
        }
    }

    // What a key and texts read is the data as it came, also where a line feed was appended to it already.
    private static bool SkipsLast(in PayloadOptions options) => options is { Transform: null, AppendNewlines: true };

    private static WriteTemplate[] Writers(PayloadOptions options, Payloads payloads) => options.Texts is { } texts
        ? [.. Enumerable.Range(0, texts.Count).Select(number => new WriteTemplate(texts[number].Template, payloads.Group, SkipsLast(options)))] : [];

    private static WriteTemplate? Writer(RecordTransform? template, Payloads payloads, bool skipLast) =>
        template is null ? null : new WriteTemplate(template, payloads.Group, skipLast);

    private Undecodable? WithData(in Payload payload, ref Payload shaped)
    {
        ReadOnlyMemory<byte> data = default;
        if (_data?.Write(payload, payloads.Arena, options.AppendNewlines ? "\n"u8 : default, out data) is { } fault)
        {
            return fault;
        }

        shaped = _data is null ? shaped : shaped with { Data = new Blob(data, false), IsJson = options.Transform!.IsJson };
        return null;
    }

    private Undecodable? WithKey(in Payload payload, ref Payload shaped)
    {
        ReadOnlyMemory<byte> key = default;
        if (_key?.Write(payload, payloads.Arena, default, out key) is { } fault)
        {
            return fault;
        }

        // What only its words are left of would be the key of all records that lack the value, which then take each other's place.
        if (_key is not null && (_key.LacksValue || key.IsEmpty))
        {
            return Lacking(payload, "NoKey", "key", options.Key!);
        }

        // The hash key that a producer chose belongs to its own key.
        shaped = _key is null ? shaped : shaped with { Key = key, ExplicitHashKey = default };
        return null;
    }

    private Undecodable? WithTexts(in Payload payload, ref Payload shaped)
    {
        if (_texts.Length == 0)
        {
            return null;
        }

        int first = payloads.Texts!.Next;
        for (int number = 0; number < _texts.Length; number++)
        {
            if (_texts[number].Write(payload, payloads.Arena, default, out ReadOnlyMemory<byte> text) is { } fault)
            {
                return fault;
            }

            TextTemplate template = options.Texts![number];
            if (template.WhenEmpty is { } code && (text.IsEmpty || (template.NeedsAllValues && _texts[number].LacksValue)))
            {
                return Lacking(payload, code, template.Name, template.Template);
            }

            payloads.Texts.Add(text);
        }

        shaped = shaped with { Texts = first };
        return null;
    }

    private static Undecodable Lacking(in Payload payload, string code, string name, RecordTransform template) =>
        new(payload.Record, code, $"The mapping's {name}, '{template.Text}', needs a value that the record does not have, or that is null or empty.", payload.Key);
}
