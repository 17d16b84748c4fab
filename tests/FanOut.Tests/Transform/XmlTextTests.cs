using System.Text;
using System.Xml;
using XmlText = FanOut.Engine.Transform.XmlText;

namespace FanOut.Tests.Transform;

public class XmlTextTests
{
    [Fact]
    public void Every_code_point_is_judged_as_the_xml_specification_does()
    {
        byte[] padded = new byte[100];
        Array.Fill(padded, (byte)'x');
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            ReadOnlySpan<byte> alone = Encode(codePoint);
            bool expected = codePoint > 0xFFFF || XmlConvert.IsXmlChar((char)codePoint);
            Span<byte> within = padded.AsSpan(codePoint % 90, alone.Length);
            alone.CopyTo(within);

            if (XmlText.IsValid(alone) != expected || XmlText.IsValid(padded) != expected)
            {
                Assert.Fail($"U+{codePoint:X4}: expected {expected}");
            }

            within.Fill((byte)'x');
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_not_text()
    {
        Assert.True(XmlText.IsValid([]));
        Assert.False(XmlText.IsValid([0xC3]));
        Assert.False(XmlText.IsValid([(byte)'a', 0xEF, 0xBF]));
        Assert.False(XmlText.IsValid([0xC0, 0x80]));
        Assert.False(XmlText.IsValid([0xF4, 0x90, 0x80, 0x80]));
    }

    [Fact]
    public void A_noncharacter_is_found_behind_characters_that_begin_like_it()
    {
        Assert.True(XmlText.IsValid(Encoding.UTF8.GetBytes("\uffef\ufffd\uffc0\uffdc")));
        Assert.False(XmlText.IsValid(Encoding.UTF8.GetBytes("\uffef\ufffd\uffc0\uffff")));
        Assert.False(XmlText.IsValid(Encoding.UTF8.GetBytes("\ufffdé\ufffe.")));
    }

    /// <summary>Also encodes surrogates, which is why it does not ask the framework.</summary>
    private static byte[] Encode(int codePoint) => codePoint switch
    {
        < 0x80 => [(byte)codePoint],
        < 0x800 => [(byte)(0xC0 | (codePoint >> 6)), Tail(codePoint)],
        < 0x10000 => [(byte)(0xE0 | (codePoint >> 12)), Tail(codePoint >> 6), Tail(codePoint)],
        _ => [(byte)(0xF0 | (codePoint >> 18)), Tail(codePoint >> 12), Tail(codePoint >> 6), Tail(codePoint)],
    };

    private static byte Tail(int bits) => (byte)(0x80 | (bits & 0x3F));
}
