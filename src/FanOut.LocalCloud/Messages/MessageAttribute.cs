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
