using FanOut.Aws.Protocols;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>The user properties that a mapping gives to messages of MQTT 5. One whose value is empty for the record is left out.</summary>
internal sealed class UserProperties
{
    // Not AWS's number: it documents how large a payload may be, not user properties (https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits, read in November 2026). They
    // travel in one header, as base64: 8 KB make 10,924 bytes there, which servers take that take no more than 16 KB of headers.
    private const int MostBytes = 8_192;

    private readonly IReadOnlyList<AttributeTemplate> _all;
    private readonly byte[][] _starts;
    private readonly int _first;

    private UserProperties(IReadOnlyList<AttributeTemplate> all, int first)
    {
        (_all, _first) = (all, first);
        _starts = new byte[all.Count][];
        for (int i = 0; i < _starts.Length; i++)
        {
            _starts[i] = StartOf(all[i].Name);
        }
    }

    /// <summary>Those of a mapping; null: it gives none.</summary>
    public static UserProperties? Of(Mapping mapping) => mapping.MessageAttributes is { } attributes
        ? new UserProperties(attributes.All, TextTemplates.NumberOf(mapping.Texts, Mapping.AttributeText(attributes.All[0].Name))) : null;

    /// <summary>Why a message of a payload cannot have them; null: it can.</summary>
    public Failure? Check(Payloads payloads, in Payload payload)
    {
        for (int i = 0; i < _all.Count; i++)
        {
            // Other control characters should not be there, says the specification, and may: https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901010
            if (ValueOf(payloads, payload, i).Contains((byte)0))
            {
                return new Failure(
                    FailureClass.PermanentItem, "InvalidAttribute", $"The value of the message's user property '{_all[i].Name}', '{_all[i].Value.Text}', has a null character, which MQTT does not allow.");
            }
        }

        int bytes = JsonLength(payloads, payload);
        return bytes <= MostBytes ? null
            : new Failure(FailureClass.PermanentItem, "UserPropertiesTooLong", $"The message's user properties have {bytes} bytes as JSON, and may have {MostBytes}.");
    }

    /// <summary>What they add to a message's size, names and values. Whether AWS IoT counts them is not documented; a message that is smaller is taken either way.</summary>
    public int BytesOf(Payloads payloads, in Payload payload)
    {
        int bytes = 0;
        for (int i = 0; i < _all.Count; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(payloads, payload, i);
            bytes += value.IsEmpty ? 0 : System.Text.Encoding.UTF8.GetByteCount(_all[i].Name) + value.Length;
        }

        return bytes;
    }

    /// <summary>A message's user properties as the service takes them, <c>[{"country":"DE"},{"kind":"order"}]</c>; empty: it has none.</summary>
    public byte[] JsonOf(Payloads payloads, in Payload payload)
    {
        byte[] json = new byte[JsonLength(payloads, payload)];
        int length = 0;
        for (int i = 0; i < _all.Count; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(payloads, payload, i);
            if (value.IsEmpty)
            {
                continue;
            }

            json[length] = (byte)(length == 0 ? '[' : ',');
            _starts[i].CopyTo(json, ++length);
            length += _starts[i].Length;
            length += JsonEscape.Write(value, json.AsSpan(length));
            "\"}"u8.CopyTo(json.AsSpan(length));
            length += 2;
        }

        if (length > 0)
        {
            json[length] = (byte)']';
        }

        return json;
    }

    private static byte[] StartOf(string name)
    {
        using var start = new RequestBody(name.Length + 8);
        start.Write("{"u8);
        start.WriteJsonString(name);
        start.Write(":\""u8);
        return start.Written.ToArray();
    }

    private int JsonLength(Payloads payloads, in Payload payload)
    {
        int length = 0;
        for (int i = 0; i < _all.Count; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(payloads, payload, i);
            length += value.IsEmpty ? 0 : 1 + _starts[i].Length + JsonEscape.LengthOf(value) + 2;
        }

        return length == 0 ? 0 : length + 1;
    }

    private ReadOnlySpan<byte> ValueOf(Payloads payloads, in Payload payload, int property) => payloads.Texts!.Of(payload, _first + property).Span;
}
