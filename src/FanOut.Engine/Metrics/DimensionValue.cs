using System.Text;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Metrics;

/// <summary>Values of dimensions as CloudWatch takes them: one that it does not take costs all metrics of the call.</summary>
/// <remarks>
/// ASCII without control characters, something else than blanks, at most 1,024 characters
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html); the embedded metric format has the same bound.
/// </remarks>
public static class DimensionValue
{
    private const int Longest = 1_024;

    /// <summary>The value as it is where CloudWatch takes it; else what it does not take percent-encoded, and cut so that it differs from any other.</summary>
    public static string Of(string value)
    {
        string taken = Encode(value);
        if (taken.Length <= Longest)
        {
            return taken.AsSpan().IsWhiteSpace() ? "-" : taken;
        }

        string digest = Digest.Of(value).ToString("x16", null);
        return $"{taken[..(Longest - 1 - digest.Length)]}~{digest}";
    }

    private static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~') && !value.StartsWith(':'))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            // A name may not begin with a colon. Of values this is not said; it costs nothing.
            if (b is < (byte)' ' or > (byte)'~' || (b == ':' && encoded.Length == 0))
            {
                encoded.Append('%').Append(b.ToString("X2", null));
            }
            else
            {
                encoded.Append((char)b);
            }
        }

        return encoded.ToString();
    }
}
