using System.Globalization;
using System.Text;

namespace FanOut.Deployment.Policies;

/// <summary>JSON in ASCII, which is the same in any encoding; its lines end with line feeds on every platform.</summary>
internal static class AsciiJson
{
    /// <summary>The same JSON, where characters beyond ASCII are \u escapes.</summary>
    public static string Of(string json)
    {
        var text = new StringBuilder(json.Length);
        foreach (char c in json)
        {
            if (c == '\r')
            {
                continue;
            }

            _ = c < '\u007f' ? text.Append(c) : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }
}
