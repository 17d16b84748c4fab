using System.Text;
using CsCheck;

namespace FanOut.Tests.Transform;

/// <summary>Random texts and random damage, for properties.</summary>
internal static class Arbitrary
{
    private static readonly Gen<string> Character = Gen.Frequency(
        (8, Gen.Char[' ', '~'].Select(char.ToString)),
        (2, Gen.Char['\0', '\u001f'].Select(char.ToString)),
        (2, Gen.OneOf("\"", "\\", "/", "\u007f", "\u2028", "\ufffd", "\uffff", "é", "鍵", "🔑")),
        (1, Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(char.ConvertFromUtf32)));

    /// <summary>Text of any characters, those that need care more often than chance would have them.</summary>
    public static Gen<string> Text { get; } = Character.Array[0, 60].Select(string.Concat);

    /// <summary>One to three bytes replaced, inserted or removed; the new ones often of <paramref name="alphabet"/>.</summary>
    public static Gen<byte[]> Damaged(byte[] original, string alphabet)
    {
        Gen<byte> value = Gen.Frequency((3, Gen.OneOf(Encoding.ASCII.GetBytes(alphabet))), (1, Gen.Byte));
        return Gen.Select(Gen.Int[0, 2], Gen.Int[0, original.Length], value).Array[1, 3].Select(changes =>
        {
            List<byte> bytes = [.. original];
            foreach ((int kind, int position, byte with) in changes)
            {
                int at = Math.Min(position, bytes.Count);
                if (kind == 0)
                {
                    bytes.Insert(at, with);
                }
                else if (at < bytes.Count && kind == 1)
                {
                    bytes[at] = with;
                }
                else if (at < bytes.Count)
                {
                    bytes.RemoveAt(at);
                }
            }
            return bytes.ToArray();
        });
    }

    public static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
