using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FanOut.Engine.Transform;

/// <summary>Checks what SQS and SNS accept as the text of a message.</summary>
public static class XmlText
{
    // All controls below 0x20 but tab, line feed and carriage return.
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f"u8 +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    private static ReadOnlySpan<byte> NoncharacterPrefix => [0xEF, 0xBF];

    /// <summary>
    /// Whether the bytes are valid UTF-8 of characters that XML 1.0 allows: #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD,
    /// #x10000 to #x10FFFF (<see href="https://www.w3.org/TR/xml/#charsets"/>,
    /// <see href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html"/>).
    /// </summary>
    /// <param name="bytes">Any bytes.</param>
    public static bool IsValid(ReadOnlySpan<byte> bytes) =>
        !bytes.ContainsAny(Forbidden) && (Ascii.IsValid(bytes) || (Utf8.IsValid(bytes) && !ContainsNoncharacter(bytes)));

    /// <summary>Looks for U+FFFE and U+FFFF, the only ones left that UTF-8 can hold and XML forbids.</summary>
    private static bool ContainsNoncharacter(ReadOnlySpan<byte> utf8)
    {
        for (int at; (at = utf8.IndexOf(NoncharacterPrefix)) >= 0; utf8 = utf8[(at + 2)..])
        {
            if (utf8[at + 2] >= 0xBE)
            {
                return true;
            }
        }
        return false;
    }
}
