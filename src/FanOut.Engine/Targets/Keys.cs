using System.Buffers;
using System.Globalization;
using System.Text;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Keys that fit their target: one that does not is replaced by its SHA-256 in hex, never cut.</summary>
internal static class Keys
{
    private static readonly SearchValues<byte> InExecutions = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"u8);

    /// <summary>Kinesis: 1 to 256 characters.</summary>
    public static ReadOnlyMemory<byte> ForKinesis(ReadOnlyMemory<byte> key) =>
        !key.IsEmpty && (key.Length <= 256 || HashKey.CharacterCount(key.Span) <= 256) ? key : Hashed(key);

    /// <summary>
    /// Kinesis: an explicit hash key is a decimal number of 128 bits without leading zeros
    /// (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html). A producer may have put anything into an aggregate:
    /// what is not such a number would be rejected, so it is left out, and Kinesis uses the partition key.
    /// </summary>
    public static ReadOnlyMemory<byte> ForHash(ReadOnlyMemory<byte> key) =>
        key.Span is [(byte)'0'] or [>= (byte)'1' and <= (byte)'9', ..] && UInt128.TryParse(key.Span, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? key : default;

    /// <summary>OpenSearch: at most 512 bytes.</summary>
    public static ReadOnlyMemory<byte> ForDocument(ReadOnlyMemory<byte> key) => key.Length is > 0 and <= 512 ? key : Hashed(key);

    /// <summary>
    /// FIFO groups and deduplication ids: at most 128 letters, digits and punctuation marks of ASCII
    /// (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
    /// </summary>
    public static ReadOnlyMemory<byte> ForFifo(ReadOnlyMemory<byte> key) =>
        key.Length is > 0 and <= 128 && key.Span.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 ? key : Hashed(key);

    /// <summary>Headers of HTTP: printable ASCII, all else and the percent sign as in URLs; at most 1,024 characters.</summary>
    public static string ForHeader(ReadOnlyMemory<byte> key)
    {
        var text = new StringBuilder(key.Length);
        foreach (byte value in key.Span)
        {
            if (value is > (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return text.Length <= 1_024 ? text.ToString() : Encoding.ASCII.GetString(Hashed(key).Span);
    }

    /// <summary>Names of executions: at most 80 letters, digits, hyphens and underscores, which is what CloudWatch takes of what Step Functions takes.</summary>
    public static ReadOnlyMemory<byte> ForExecution(ReadOnlyMemory<byte> name) =>
        name.Length is > 0 and <= 80 && !name.Span.ContainsAnyExcept(InExecutions) ? name : Hashed(name);

    private static ReadOnlyMemory<byte> Hashed(ReadOnlyMemory<byte> key)
    {
        byte[] hash = new byte[HashKey.HexBytes];
        HashKey.WriteSha256Hex(key.Span, hash);
        return hash;
    }
}
