using System.Buffers;

namespace FanOut.Engine.Json;

/// <summary>Recognizes base64 as services of AWS write it, without decoding it: letters, digits, + and /, at the end one or two =, and no blanks.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Whether a text is base64; an empty one is.</summary>
    public static bool Is(ReadOnlySpan<byte> text) => LengthOf(text) == text.Length;

    /// <summary>The length of the base64 with which a text begins, up to the first character that cannot be of it; -1: what ends there is no base64.</summary>
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(Digits);
        if (length < 0)
        {
            length = text.Length;
        }

        for (int padding = 0; padding < 2 && length < text.Length && text[length] == '='; padding++)
        {
            length++;
        }

        return length % 4 == 0 ? length : -1;
    }
}
