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

    private static readonly KeyValuePair<string, string>[] None = [], Encoded = [new(AttributeName, Base64)];

    /// <summary>All attributes of a message: the encoding's where it is encoded, and its own.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Attributes(bool isBase64, IReadOnlyList<KeyValuePair<string, string>>? own) =>
        own is not { Count: > 0 } ? isBase64 ? Encoded : None : isBase64 ? [.. Encoded, .. own] : own;
}
