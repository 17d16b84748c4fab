using FanOut.Aws;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Writes what a mapping's <c>transform</c> and <c>key</c> make of payloads, in place of their data and keys, and the texts that its target needs besides.</summary>
internal sealed class ShapePayloads : IDisposable
{
    private readonly Payloads _payloads;
    private readonly PayloadOptions _options;
    private readonly ShapeValues _values;
    private readonly WriteTemplate? _data;
    private readonly WriteTemplate? _key;
    private readonly WriteTemplate[] _texts;

    /// <summary>Begins with payloads.</summary>
    /// <param name="payloads">The payloads. With a transform they have the data as it came.</param>
    /// <param name="options">How they are to look; they have a transform, a key or texts.</param>
    public ShapePayloads(Payloads payloads, PayloadOptions options)
    {
        (_payloads, _options) = (payloads, options);
        List<RecordTransform> templates = TemplatesOf(options);
        var paths = new CommonPaths(templates);

        // What a key and texts read is the data as it came, also where a line feed was appended to it already.
        _values = new ShapeValues(paths.Roots, payloads.Group, skipLast: options is { Transform: null, AppendNewlines: true });
        WriteTemplate[] writers = [.. templates.Select((template, number) => new WriteTemplate(template, paths.ValuesOf(number), _values))];
        int own = 0;
        _data = options.Transform is null ? null : writers[own++];
        _key = options.Key is null ? null : writers[own++];
        _texts = writers[own..];
    }

    /// <summary>Replaces the data and keys of payloads. Those of which nothing can be made are noted as such.</summary>
    /// <param name="first">The position of the first of them; all that follow it are replaced.</param>
    public void Replace(int first)
    {
        for (int i = first; i < _payloads.Items.Count; i++)
        {
            Payload payload = _payloads.Items[i], shaped = payload;
            if (_payloads.FaultOf(payload) is not null)
            {
                continue;
            }

            _values.Begin(payload);
            if ((WithData(payload, ref shaped) ?? WithKey(payload, ref shaped) ?? WithTexts(payload, ref shaped)) is { } fault)
            {
                _payloads.AddUnshaped(payload, fault);
            }
            else
            {
                _payloads.Items[i] = shaped;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private static List<RecordTransform> TemplatesOf(in PayloadOptions options)
    {
        var templates = new List<RecordTransform>();
        if (options.Transform is { } transform)
        {
            templates.Add(transform);
        }

        if (options.Key is { } key)
        {
            templates.Add(key);
        }

        for (int number = 0; number < options.Texts?.Count; number++)
        {
            templates.Add(options.Texts[number].Template);
        }

        return templates;
    }

    private Undecodable? WithData(in Payload payload, ref Payload shaped)
    {
        ReadOnlyMemory<byte> data = default;
        if (_data?.Write(payload, _payloads.Arena, _options.AppendNewlines ? "\n"u8 : default, out data) is { } fault)
        {
            return fault;
        }

        shaped = _data is null ? shaped : shaped with { Data = new Blob(data, false), IsJson = _options.Transform!.IsJson };
        return null;
    }

    private Undecodable? WithKey(in Payload payload, ref Payload shaped)
    {
        ReadOnlyMemory<byte> key = default;
        if (_key?.Write(payload, _payloads.Arena, default, out key) is { } fault)
        {
            return fault;
        }

        // What only its words are left of would be the key of all records that lack the value, which then take each other's place.
        if (_key is not null && (_key.LacksValue || key.IsEmpty))
        {
            return Lacking(payload, "NoKey", "key", _options.Key!);
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

        int first = _payloads.Texts!.Next;
        for (int number = 0; number < _texts.Length; number++)
        {
            if (_texts[number].Write(payload, _payloads.Arena, default, out ReadOnlyMemory<byte> text) is { } fault)
            {
                return fault;
            }

            TextTemplate template = _options.Texts![number];
            if (template.WhenEmpty is { } code && (text.IsEmpty || (template.NeedsAllValues && _texts[number].LacksValue)))
            {
                return Lacking(payload, code, template.Name, template.Template);
            }

            _payloads.Texts.Add(text);
        }

        shaped = shaped with { Texts = first };
        return null;
    }

    private static Undecodable Lacking(in Payload payload, string code, string name, RecordTransform template) =>
        new(payload.Record, code, $"The mapping's {name}, '{template.Text}', needs a value that the record does not have, or that is null or empty.", payload.Key);
}
