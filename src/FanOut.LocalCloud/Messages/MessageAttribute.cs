using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Messages;

/// <summary>A message attribute of SQS and SNS.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with an optional custom suffix.</param>
/// <param name="Value">The text, or the base64 of a binary one.</param>
public sealed record MessageAttribute(string DataType, string Value)
{
    /// <summary>Whether the value is bytes.</summary>
    public bool IsBinary => DataType.StartsWith("Binary", StringComparison.Ordinal);

    internal byte[] Bytes => IsBinary ? Convert.FromBase64String(Value) : Encoding.UTF8.GetBytes(Value);

    /// <summary>The attributes of a JSON request, in the order of their names.</summary>
    /// <exception cref="ServiceException">One has no type or no value.</exception>
    internal static SortedDictionary<string, MessageAttribute> Read(JsonElement message)
    {
        SortedDictionary<string, MessageAttribute> attributes = new(StringComparer.Ordinal);
        if (message.Field("MessageAttributes") is { } map)
        {
            foreach (JsonProperty member in map.EnumerateObject())
            {
                attributes[member.Name] = Checked(
                    member.Name, member.Value.Text("DataType"), member.Value.Text("StringValue"), member.Value.Text("BinaryValue"));
            }
        }

        return attributes;
    }

    /// <summary>Checks an attribute of a request, in either protocol.</summary>
    /// <exception cref="ServiceException">It has no type or no value.</exception>
    internal static MessageAttribute Checked(string name, string? type, string? text, string? binary)
    {
        if (type?.Split('.')[0] is not ("String" or "Number" or "Binary"))
        {
            throw new ServiceException("InvalidParameterValue", $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        string? value = type.StartsWith("Binary", StringComparison.Ordinal) ? binary : text;
        return string.IsNullOrEmpty(value)
            ? throw new ServiceException("InvalidParameterValue", $"The message attribute '{name}' must contain a non-empty message attribute value for message attribute type '{type}'.")
            : new MessageAttribute(type, value);
    }

    /// <summary>Checks the names and values of a message's attributes.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html, https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html</remarks>
    /// <param name="attributes">The attributes.</param>
    /// <param name="invalid">Makes the service's error of a sentence.</param>
    /// <param name="isReservedName">Whether a name that begins with <c>AWS.</c> or <c>Amazon.</c> is one that the service knows.</param>
    internal static void Check(IReadOnlyDictionary<string, MessageAttribute> attributes, Func<string, ServiceException> invalid, Predicate<string> isReservedName)
    {
        foreach ((string name, MessageAttribute attribute) in attributes)
        {
            if (name.Length > 256 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') || name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal))
            {
                throw invalid($"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
            }

            // The sentence is SNS's: https://github.com/aws/aws-sdk-js/issues/3110
            if ((name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase)) && !isReservedName(name))
            {
                throw invalid("Message attribute names starting with 'AWS.' or 'Amazon.' are reserved for use by Amazon.");
            }

            if (!attribute.IsBinary && !MessageText.IsXml(attribute.Value))
            {
                throw invalid($"The value of the message attribute '{name}' has invalid characters; valid are those of XML 1.0.");
            }

            if (attribute.DataType.Split('.')[0] == "Number" && !double.TryParse(attribute.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                throw invalid($"Could not cast message attribute '{name}' value to number.");
            }
        }
    }

    /// <summary>What attributes add to a message's size: names, types and values.</summary>
    internal static int Size(IReadOnlyDictionary<string, MessageAttribute> attributes) => attributes.Sum(
        attribute => Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(attribute.Value.DataType) + attribute.Value.Bytes.Length);

    /// <summary>The digest that clients compare, or null when there are no attributes.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation</remarks>
    internal static string? Md5(SortedDictionary<string, MessageAttribute> attributes)
    {
        if (attributes.Count == 0)
        {
            return null;
        }

        using MemoryStream bytes = new();
        foreach ((string name, MessageAttribute attribute) in attributes)
        {
            WriteWithLength(bytes, Encoding.UTF8.GetBytes(name));
            WriteWithLength(bytes, Encoding.UTF8.GetBytes(attribute.DataType));
            bytes.WriteByte(attribute.IsBinary ? (byte)2 : (byte)1);
            WriteWithLength(bytes, attribute.Bytes);
        }

        return Checksum.Md5Hex(bytes.ToArray());
    }

    private static void WriteWithLength(MemoryStream target, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        target.Write(length);
        target.Write(bytes);
    }
}
