using System.Buffers;

namespace FanOut.Engine.Transform;

/// <summary>Recognizes base64 as services of AWS write it, without decoding it: letters, digits, + and /, at the end one or two =, and no blanks.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Whether a text is base64; an empty one is.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExcept(Digits);
        return text.Length % 4 == 0 && (end < 0 || text[end..] is [(byte)'='] or [(byte)'=', (byte)'=']);
    }
}
