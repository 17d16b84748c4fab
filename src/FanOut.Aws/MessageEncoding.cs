namespace FanOut.Aws;

/// <summary>How messages that are not text are sent to SQS and SNS, which accept only the characters of XML: as base64, with an attribute that says so.</summary>
public static class MessageEncoding
{
    /// <summary>Name of the message attribute that says how the body is encoded.</summary>
    public const string AttributeName = "ContentEncoding";

    /// <summary>The attribute's value if the body is base64.</summary>
    public const string Base64 = "base64";

    /// <summary>What the attribute adds to a message's size: its name, its type <c>String</c> and its value, in bytes.</summary>
    public const int AttributeBytes = 15 + 6 + 6;

    /// <summary>The number of a message's attributes: its own, and the encoding's if it is base64.</summary>
    internal static int CountAttributes(bool isBase64, IReadOnlyList<MessageAttributeValue>? own) => (isBase64 ? 1 : 0) + (own?.Count ?? 0);

    /// <summary>One of these attributes.</summary>
    internal static MessageAttributeValue Attribute(bool isBase64, IReadOnlyList<MessageAttributeValue>? own, int index) =>
        isBase64 && index == 0 ? new(AttributeName, Base64) : own![isBase64 ? index - 1 : index];
}
