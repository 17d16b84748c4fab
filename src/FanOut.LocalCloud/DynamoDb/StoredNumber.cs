using System.Globalization;
using System.Numerics;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>A number as DynamoDB stores it: up to 38 significant digits, no leading or trailing zeros.</summary>
internal readonly record struct StoredNumber(BigInteger Digits, int Exponent)
{
    private const int MostDigits = 38;

    /// <exception cref="ServiceException">ValidationException: it is not a number, or has too many digits.</exception>
    public static StoredNumber Parse(string text)
    {
        string mantissa = text;
        int exponent = 0;
        int e = text.IndexOfAny(['e', 'E']);
        if (e >= 0)
        {
            mantissa = text[..e];
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                throw NotANumber(text);
            }
        }

        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        if (mantissa.Length == 0 || !BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger digits))
        {
            throw NotANumber(text);
        }

        while (!digits.IsZero && digits % 10 == 0)
        {
            (digits, exponent) = (digits / 10, exponent + 1);
        }

        int significant = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).Length;
        if (significant > MostDigits)
        {
            throw new ServiceException("ValidationException", $"Attempting to store more than {MostDigits} significant digits in a Number");
        }

        int magnitude = significant + exponent - 1;
        return digits.IsZero ? new StoredNumber(0, 0)
            : magnitude is >= -130 and <= 125 ? new StoredNumber(digits, exponent)
            : throw new ServiceException("ValidationException", $"Number {(magnitude > 0 ? "overflow" : "underflow")}. Attempting to store a number with magnitude outside of the supported range");
    }

    public static int Compare(StoredNumber left, StoredNumber right)
    {
        int exponent = Math.Min(left.Exponent, right.Exponent);
        return left.At(exponent).CompareTo(right.At(exponent));
    }

    public static StoredNumber Add(StoredNumber left, StoredNumber right, bool subtract)
    {
        int exponent = Math.Min(left.Exponent, right.Exponent);
        BigInteger sum = subtract ? left.At(exponent) - right.At(exponent) : left.At(exponent) + right.At(exponent);
        return Parse(new StoredNumber(sum, exponent).ToString());
    }

    /// <summary>The number without an exponent, as in DynamoDB's answers.</summary>
    public override string ToString()
    {
        string digits = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture);
        string text = Exponent >= 0 ? digits + new string('0', Exponent)
            : digits.Length > -Exponent ? digits.Insert(digits.Length + Exponent, ".")
            : "0." + digits.PadLeft(-Exponent, '0');
        return Digits.Sign < 0 ? "-" + text : text;
    }

    private BigInteger At(int exponent) => Digits * BigInteger.Pow(10, Exponent - exponent);

    private static ServiceException NotANumber(string text) => new(
        "ValidationException", $"The parameter cannot be converted to a numeric value: {text}");
}
