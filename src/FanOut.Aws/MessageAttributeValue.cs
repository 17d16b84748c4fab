using System.Text;

namespace FanOut.Aws;

/// <summary>An attribute of a message of SQS or SNS.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; of a binary one the base64.</param>
/// <param name="DataType"><c>String</c>, <c>Number</c>, <c>Binary</c> or <c>String.Array</c>, in SQS also with other suffixes.</param>
public readonly record struct MessageAttributeValue(string Name, string Value, string DataType = MessageAttributeValue.StringType)
{
    /// <summary>The type of text.</summary>
    public const string StringType = "String";

    /// <summary>The type of numbers.</summary>
    public const string NumberType = "Number";

    /// <summary>The type of arrays of texts, numbers and truth values, by which topics filter.</summary>
    public const string ArrayType = "String.Array";

    /// <summary>Whether the value is bytes.</summary>
    public bool IsBinary => DataType.StartsWith("Binary", StringComparison.Ordinal);

    /// <summary>Whether an attribute's name is one of AWS's own, which no message of a queue may have.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#message-attribute-components</remarks>
    public static bool IsReserved(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What it adds to a message's size: name, type and value, in bytes.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Name) + Encoding.UTF8.GetByteCount(DataType)
        + (IsBinary ? (Value.Length / 4 * 3) - (Value.Length - Value.AsSpan().TrimEnd('=').Length) : Encoding.UTF8.GetByteCount(Value));
}
