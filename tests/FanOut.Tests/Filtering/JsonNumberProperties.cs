using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Tests.Filtering;

/// <summary>Random numbers as JSON may write them, against fractions of whole numbers.</summary>
public sealed class JsonNumberProperties
{
    private static readonly Gen<string> Digits = Gen.Char['0', '9'].Array[1, 25].Select(static d => new string(d));

    private static readonly Gen<string> Whole = Gen.Frequency(
        (1, Gen.Const("0")),
        (4, Digits.Select(static d => d.TrimStart('0') is { Length: > 0 } rest ? rest : "0")),
        (1, Gen.Long[0, long.MaxValue].Select(static l => l.ToString(CultureInfo.InvariantCulture))));

    private static readonly Gen<string> Fraction = Gen.Frequency((2, Gen.Const("")), (3, Digits.Select(static d => "." + d)), (1, Gen.Int[0, 30].Select(static n => "." + new string('0', n) + "1")));

    private static readonly Gen<string> Exponent = Gen.Frequency(
        (2, Gen.Const("")),
        (3, Gen.Select(Gen.OneOf("e", "E"), Gen.OneOf("", "+", "-", "-0"), Gen.Int[0, 60], static (e, sign, n) => $"{e}{sign}{n}")),
        (1, Gen.Select(Gen.OneOf("e", "e-"), Gen.Int[300, 1500], static (e, n) => $"{e}{n}")));

    private static readonly Gen<string> Number = Gen.Select(Gen.OneOf("", "", "-"), Whole, Fraction, Exponent, static (sign, whole, fraction, exponent) => sign + whole + fraction + exponent);

    // The same value, or one that differs in the last digit at most, written another way.
    private static readonly Gen<(string, string)> Near = Gen.Select(Number, Gen.Int[-3, 3], Gen.Int[-1, 1], static (number, shift, difference) =>
    {
        (BigInteger digits, int exponent) = Read(number);
        digits = (digits * BigInteger.Pow(10, 4)) + difference;
        return (number, $"{digits}{new string('0', shift + 3)}e{exponent - 4 - shift - 3}");
    });

    [Fact]
    public void Any_two_numbers_are_in_the_order_of_their_values() =>
        Gen.OneOf(Gen.Select(Number, Number), Near).Sample(
            static (one, other) =>
            {
                int expected = Compare(Read(one), Read(other));
                Assert.Equal(expected, Math.Sign(Of(one).CompareTo(Of(other))));
                Assert.Equal(-expected, Math.Sign(Of(other).CompareTo(Of(one))));
            },
            iter: 20_000);

    private static JsonNumber Of(string text) => new(Encoding.ASCII.GetBytes(text));

    // A whole number and the power of ten that it is to be multiplied with.
    private static (BigInteger Digits, int Exponent) Read(string text)
    {
        string[] parts = text.Split('e', 'E');
        string[] mantissa = parts[0].Split('.');
        string fraction = mantissa.Length > 1 ? mantissa[1] : "";
        return (BigInteger.Parse(mantissa[0] + fraction, CultureInfo.InvariantCulture), (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - fraction.Length);
    }

    private static int Compare((BigInteger Digits, int Exponent) one, (BigInteger Digits, int Exponent) other)
    {
        int least = Math.Min(one.Exponent, other.Exponent);
        return Math.Sign((one.Digits * BigInteger.Pow(10, one.Exponent - least)).CompareTo(other.Digits * BigInteger.Pow(10, other.Exponent - least)));
    }
}
