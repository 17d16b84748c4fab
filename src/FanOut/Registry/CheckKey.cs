using System.Globalization;
using System.Text;
using FanOut.Errors;

namespace FanOut.Registry;

/// <summary>Checks that DynamoDB can keep the key of a target.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys"/></remarks>
internal static class CheckKey
{
    private const int MostSourceBytes = 2048, MostIdBytes = 1024;

    /// <summary>Checks both parts of a key.</summary>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    public static void Of(string? sourceArn, string? id)
    {
        Check("SourceArn", sourceArn, MostSourceBytes);
        Check("Id", id, MostIdBytes);
    }

    private static void Check(string parameter, string? text, int most)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) is var bytes && bytes > most)
        {
            throw FanOutError.InvalidParameter(parameter, null, string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes; up to {most} are allowed."));
        }
    }
}
