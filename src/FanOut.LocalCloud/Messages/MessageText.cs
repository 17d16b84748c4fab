using System.Text;

namespace FanOut.LocalCloud.Messages;

/// <summary>Checks texts by the rules of SQS and SNS.</summary>
internal static class MessageText
{
    /// <summary>Whether all characters are allowed in XML 1.0: <c>#x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF</c>.</summary>
    public static bool IsXml(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is not (0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text can be a group or deduplication id: 1 to 128 printable ASCII characters without blanks.</summary>
    public static bool IsGroupId(string text) => text.Length is >= 1 and <= 128 && text.All(letter => letter is > ' ' and <= '~');

    /// <summary>Whether a text can be the id of a batch entry: 1 to 80 letters, digits, hyphens, underscores.</summary>
    public static bool IsEntryId(string text) => text.Length is >= 1 and <= 80 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
