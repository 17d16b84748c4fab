using System.Globalization;

namespace FanOut.Aws;

/// <summary>Shortens text that other servers wrote (AWS services, caches, proxies) before it gets into exceptions, logs, answers and dead letters.</summary>
public static class OutsideText
{
    /// <summary>How many characters of a message are kept: 1,024.</summary>
    public const int MostCharacters = 1_024;

    /// <summary>How many characters of a single word are kept, such as an error code or a request id: 128.</summary>
    public const int MostOfWord = 128;

    // A text that was shortened once keeps its note of how much is missing when it is shortened again.
    private const int Mark = 48;

    /// <summary>Returns the text, or its beginning with a note of how many characters are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters are kept.</param>
    public static string Cut(string text, int most = MostCharacters)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most + Mark)
        {
            return text;
        }

        int kept = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}… ({text.Length - kept:N0} characters left out)");
    }
}
