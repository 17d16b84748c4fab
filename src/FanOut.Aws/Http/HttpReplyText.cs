using System.Text;

namespace FanOut.Aws.Http;

/// <summary>Makes what an endpoint wrote fit for logs and errors.</summary>
internal static class HttpReplyText
{
    /// <summary>How many characters are kept: 256.</summary>
    public const int Most = 256;

    /// <summary>The text on one line, without anything that cannot be seen, and with stars for what is not to be told.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hidden">What is not to be told, the longest first.</param>
    public static string OneLine(string text, IReadOnlyList<string> hidden)
    {
        foreach (string secret in hidden)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        var line = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (!char.IsControl(letter) && !char.IsWhiteSpace(letter))
            {
                line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
