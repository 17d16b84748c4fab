namespace FanOut.Aws;

/// <summary>How messages that are not text travel through SQS and SNS, which take only XML's characters.</summary>
public static class MessageEncoding
{
    /// <summary>Name of the message attribute that says how the body is encoded.</summary>
    public const string AttributeName = "ContentEncoding";

    /// <summary>Its value where the body is base64.</summary>
    public const string Base64 = "base64";

    /// <summary>What the attribute adds to a message's size: its name, its type <c>String</c> and its value, in bytes.</summary>
    public const int AttributeBytes = 15 + 6 + 6;

    /// <summary>How many attributes a message has: the encoding's where it is encoded, and its own.</summary>
    internal static int CountAttributes(bool isBase64, IReadOnlyList<KeyValuePair<string, string>>? own) => (isBase64 ? 1 : 0) + (own?.Count ?? 0);

    /// <summary>One of them.</summary>
    internal static KeyValuePair<string, string> Attribute(bool isBase64, IReadOnlyList<KeyValuePair<string, string>>? own, int index) =>
        isBase64 && index == 0 ? new(AttributeName, Base64) : own![isBase64 ? index - 1 : index];
}
