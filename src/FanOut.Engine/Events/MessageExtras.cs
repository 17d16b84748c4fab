using System.Text;
using System.Text.Json;
using FanOut.Aws;

namespace FanOut.Engine.Events;

/// <summary>What a message of a topic has besides its text. Records of streams have none.</summary>
/// <param name="Subject">Its subject; null: it has none.</param>
/// <param name="Attributes">Its attributes; null: it has none.</param>
public readonly record struct MessageExtras(string? Subject, IReadOnlyList<MessageAttributeValue>? Attributes)
{
    private const string SubjectName = "Subject";

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Subject is null && Attributes is null;

    /// <summary>What they add to a message's size, in bytes.</summary>
    public int Bytes => (Subject is null ? 0 : Encoding.UTF8.GetByteCount(Subject)) + (Attributes?.Sum(static a => a.Bytes) ?? 0);

    /// <summary>Reads them from a record of an event; what is not understood is absent.</summary>
    public static MessageExtras Of(in StreamRecord record)
    {
        try
        {
            return Read(record.Raw.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>
    /// The same for a queue, which takes no attributes with names of AWS's own, such as those for telephones. Its messages have no subject: it becomes an attribute, if there is room and none of that name.
    /// </summary>
    /// <param name="most">How many attributes a message may have.</param>
    public MessageExtras ForQueue(int most)
    {
        if (IsEmpty)
        {
            return this;
        }

        List<MessageAttributeValue> taken = [];
        bool hasSubject = Subject is null;
        foreach (MessageAttributeValue attribute in Attributes ?? [])
        {
            if (!MessageAttributeValue.IsReserved(attribute.Name))
            {
                taken.Add(attribute);
                hasSubject |= attribute.Name == SubjectName;
            }
        }

        if (!hasSubject && taken.Count < most)
        {
            taken.Add(new MessageAttributeValue(SubjectName, Subject!));
        }

        return new MessageExtras(null, taken.Count == 0 ? null : taken);
    }

    // {"EventSource":"aws:sns","Sns":{"Subject":null,"MessageAttributes":{"kind":{"Type":"String","Value":"order"}}}}
    private static MessageExtras Read(ReadOnlySpan<byte> raw)
    {
        MessageExtras extras = default;
        var reader = new Utf8JsonReader(raw, AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMessage = reader.ValueTextEquals("Sns"u8);
            reader.Read();
            if (isMessage && reader.TokenType == JsonTokenType.StartObject)
            {
                extras = ReadMessage(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return extras;
    }

    private static MessageExtras ReadMessage(ref Utf8JsonReader reader)
    {
        string? subject = null;
        List<MessageAttributeValue>? attributes = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSubject = reader.ValueTextEquals("Subject"u8), isAttributes = reader.ValueTextEquals("MessageAttributes"u8);
            reader.Read();
            if (isSubject && reader.TokenType == JsonTokenType.String)
            {
                subject = reader.GetString() is { Length: > 0 } text ? text : null;
            }
            else if (isAttributes && reader.TokenType == JsonTokenType.StartObject)
            {
                attributes = ReadAttributes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new MessageExtras(subject, attributes);
    }

    private static List<MessageAttributeValue>? ReadAttributes(ref Utf8JsonReader reader)
    {
        List<MessageAttributeValue>? attributes = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (ReadAttribute(ref reader) is ({ Length: > 0 } type, { Length: > 0 } value))
            {
                (attributes ??= []).Add(new MessageAttributeValue(name, value, type));
            }
        }

        return attributes;
    }

    private static (string? Type, string? Value) ReadAttribute(ref Utf8JsonReader reader)
    {
        string? type = null, value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("Type"u8), isValue = reader.ValueTextEquals("Value"u8);
            reader.Read();
            if ((isType || isValue) && reader.TokenType == JsonTokenType.String)
            {
                (type, value) = isType ? (reader.GetString(), value) : (type, reader.GetString());
            }
            else
            {
                reader.Skip();
            }
        }

        return (type, value);
    }
}
