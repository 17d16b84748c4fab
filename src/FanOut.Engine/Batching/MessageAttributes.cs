using System.Text;
using FanOut.Aws;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>The attributes that a mapping gives to messages.</summary>
internal sealed class MessageAttributes
{
    private readonly IReadOnlyList<AttributeTemplate> _all;
    private readonly int _first;
    private readonly bool _isOfTopic;

    private MessageAttributes(IReadOnlyList<AttributeTemplate> all, int first, bool isOfTopic) => (_all, _first, _isOfTopic) = (all, first, isOfTopic);

    /// <summary>Those of a mapping; null: it gives none.</summary>
    public static MessageAttributes? Of(Mapping mapping) => mapping.MessageAttributes is { } attributes
        ? new MessageAttributes(attributes.All, TextTemplates.NumberOf(mapping.Texts, Mapping.AttributeText(attributes.All[0].Name)), mapping.Type == TargetType.Sns) : null;

    /// <summary>What a message has besides its text: what its record has, and these. One whose value is empty for the record is left out; of two of a name the mapping's counts.</summary>
    /// <param name="own">What the record has.</param>
    /// <param name="payloads">The payloads.</param>
    /// <param name="payload">The record's payload.</param>
    public MessageExtras With(in MessageExtras own, Payloads payloads, in Payload payload)
    {
        List<MessageAttributeValue> given = [];
        for (int i = 0; i < _all.Count; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(payloads, payload, i);
            if (!value.IsEmpty)
            {
                given.Add(new MessageAttributeValue(_all[i].Name, Encoding.UTF8.GetString(value), _all[i].DataType));
            }
        }

        return given.Count == 0 ? own : own with { Attributes = own.Attributes is null ? given : [.. own.Attributes.Where(a => !given.Exists(g => g.Name == a.Name)), .. given] };
    }

    /// <summary>Why a message of a payload cannot have its attributes; null: it can.</summary>
    public Failure? Check(Payloads payloads, in Payload payload)
    {
        for (int i = 0; i < _all.Count; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(payloads, payload, i);
            string? wrong = value.IsEmpty ? null
                : !XmlText.IsValid(value) ? "has a character that XML does not allow, nor messages"
                : _all[i].DataType == MessageAttributeValue.NumberType && !IsNumber(value) ? "is no number"
                : _all[i].DataType == MessageAttributeValue.ArrayType && !(value[0] == (byte)'[' && JsonText.IsJson(value)) ? "is no array"
                : _all[i].DataType == MessageAttributeValue.ArrayType && _isOfTopic && HasContainers(value) ? "has arrays or objects in it, which an array of a topic's message does not have"
                : null;
            if (wrong is not null)
            {
                return new Failure(FailureClass.PermanentItem, "InvalidAttribute", $"The value of the message's attribute '{_all[i].Name}', '{_all[i].Value.Text}', {wrong}.");
            }
        }

        return null;
    }

    // Of JSON's null a template of text makes the text null, which may be meant where text is wanted, and is no value elsewhere.
    private ReadOnlySpan<byte> ValueOf(Payloads payloads, in Payload payload, int attribute)
    {
        ReadOnlySpan<byte> value = payloads.Texts!.Of(payload, _first + attribute).Span;
        return _all[attribute].DataType != MessageAttributeValue.StringType && value.SequenceEqual("null"u8) ? default : value;
    }

    private static bool IsNumber(ReadOnlySpan<byte> value)
    {
        var json = new JsonCursor(value);
        return value[0] > (byte)' ' && json.TryTakeNumber() && json.Position == value.Length;
    }

    // Subscriptions that filter by such an attribute would silently drop the message: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html, String.Array
    private static bool HasContainers(ReadOnlySpan<byte> array)
    {
        var json = new JsonCursor(array);
        json.TryTake((byte)'[');
        do
        {
            if (json.Peek() is (byte)'[' or (byte)'{')
            {
                return true;
            }

            JsonText.TryTakeValue(ref json);
        }
        while (json.TryTake((byte)','));
        return false;
    }
}
