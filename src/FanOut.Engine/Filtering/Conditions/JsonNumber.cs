namespace FanOut.Engine.Filtering.Conditions;

/// <summary>A number as JSON writes it, compared by all of its digits and whatever its size, without a type that would round it.</summary>
internal readonly ref struct JsonNumber
{
    // Larger exponents need not be told apart: no number of digits that fits into memory makes up for them.
    private const long MostExponent = 1_000_000_000_000;

    // From the first digit that is not zero to the last, maybe with a point in between; empty for zero.
    private readonly ReadOnlySpan<byte> _digits;
    private readonly bool _isNegative;

    // The power of ten that the first digit stands for.
    private readonly long _magnitude;

    /// <summary>Takes a number apart.</summary>
    /// <param name="text">A number in JSON's grammar; the caller must have checked that.</param>
    public JsonNumber(ReadOnlySpan<byte> text)
    {
        _isNegative = text[0] == (byte)'-';
        ReadOnlySpan<byte> unsigned = _isNegative ? text[1..] : text;
        int e = unsigned.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = e < 0 ? unsigned : unsigned[..e];
        int point = mantissa.IndexOf((byte)'.');
        int whole = point < 0 ? mantissa.Length : point;
        int first = mantissa.IndexOfAnyExcept((byte)'0', (byte)'.');
        _digits = first < 0 ? default : mantissa[first..].TrimEnd("0."u8);
        _magnitude = (e < 0 ? 0 : Exponent(unsigned[(e + 1)..])) + (first < whole ? whole - 1 - first : whole - first);
    }

    private int Sign => _digits.IsEmpty ? 0 : _isNegative ? -1 : 1;

    /// <summary>Less than zero, zero or more than zero if this number is less than, equal to or greater than the other.</summary>
    public int CompareTo(JsonNumber other)
    {
        int sign = Sign;
        if (sign != other.Sign || sign == 0)
        {
            return sign.CompareTo(other.Sign);
        }

        int order = _magnitude.CompareTo(other._magnitude);
        return sign * (order != 0 ? order : CompareDigits(_digits, other._digits));
    }

    private static int CompareDigits(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        while (true)
        {
            one = one is [(byte)'.', ..] ? one[1..] : one;
            other = other is [(byte)'.', ..] ? other[1..] : other;
            if (one.IsEmpty || other.IsEmpty || one[0] != other[0])
            {
                // The last digits are not zero, so the number with more digits is the greater one.
                return one.IsEmpty ? (other.IsEmpty ? 0 : -1) : other.IsEmpty ? 1 : one[0].CompareTo(other[0]);
            }

            one = one[1..];
            other = other[1..];
        }
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        bool isNegative = text[0] == (byte)'-';
        long value = 0;
        foreach (byte digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min((value * 10) + (digit - '0'), MostExponent);
        }

        return isNegative ? -value : value;
    }
}
