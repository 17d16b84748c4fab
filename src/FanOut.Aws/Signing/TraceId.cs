using System.Buffers;
using System.Globalization;
using System.Text;

namespace FanOut.Aws.Signing;

/// <summary>The trace of the invocation that is under way, which Lambda's loop detection and X-Ray need on every call.</summary>
/// <remarks>
/// As the AWS SDKs send it (the header <c>X-Amzn-Trace-Id</c>): from <c>_X_AMZN_TRACE_ID</c>, only in Lambda, percent-encoded but for what such ids are made of.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
/// </remarks>
internal static class TraceId
{
    private static readonly bool IsInLambda = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") is { Length: > 0 };

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-=;:+&[]{}\"',");

    /// <summary>The header's value; null: there is none.</summary>
    public static string? OfInvocation() => IsInLambda && Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID") is { Length: > 0 } id ? Encode(id) : null;

    /// <summary>An id as the header holds it.</summary>
    internal static string Encode(string id)
    {
        if (!id.AsSpan().ContainsAnyExcept(Plain))
        {
            return id;
        }

        var encoded = new StringBuilder();
        foreach (byte value in Encoding.UTF8.GetBytes(id))
        {
            if (Plain.Contains((char)value))
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}
