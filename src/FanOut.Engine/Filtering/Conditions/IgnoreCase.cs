using System.Buffers;
using System.Text;

namespace FanOut.Engine.Filtering.Conditions;

/// <summary>Compares UTF-8 without regard to case: code point by code point, by Unicode's simple mapping to upper case, in no language.</summary>
internal static class IgnoreCase
{
    /// <summary>Whether a text begins with another, and how many bytes of it that takes.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix, out int length)
    {
        length = 0;
        while (!prefix.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text[length..], out Rune one, out int bytes) != OperationStatus.Done
                || Rune.DecodeFromUtf8(prefix, out Rune other, out int taken) != OperationStatus.Done
                || !AreEqual(one, other))
            {
                return false;
            }

            length += bytes;
            prefix = prefix[taken..];
        }

        return true;
    }

    /// <summary>Whether a text ends with another.</summary>
    public static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> suffix)
    {
        while (!suffix.IsEmpty)
        {
            if (Rune.DecodeLastFromUtf8(text, out Rune one, out int bytes) != OperationStatus.Done
                || Rune.DecodeLastFromUtf8(suffix, out Rune other, out int taken) != OperationStatus.Done
                || !AreEqual(one, other))
            {
                return false;
            }

            text = text[..^bytes];
            suffix = suffix[..^taken];
        }

        return true;
    }

    private static bool AreEqual(Rune one, Rune other) => one == other || Rune.ToUpperInvariant(one) == Rune.ToUpperInvariant(other);
}
