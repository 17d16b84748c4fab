namespace FanOut.Aws;

/// <summary>Bytes on their way into a request, either as they are or already as base64 text.</summary>
/// <remarks>
/// Kinesis events carry data as base64 and Kinesis and Firehose requests want it as base64: a record that only passes through
/// is never decoded.
/// </remarks>
/// <param name="Content">The bytes, or their base64 text in ASCII.</param>
/// <param name="IsBase64">Whether <paramref name="Content"/> is base64 text.</param>
public readonly record struct Blob(ReadOnlyMemory<byte> Content, bool IsBase64)
{
    /// <summary>How many bytes it stands for.</summary>
    public int Length => IsBase64 ? DecodedLength(Content.Span) : Content.Length;

    /// <summary>How many bytes its base64 text has.</summary>
    public int Base64Length => IsBase64 ? Content.Length : (Content.Length + 2) / 3 * 4;

    private static int DecodedLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        int padding = text[^1] != '=' ? 0 : text.Length > 1 && text[^2] == '=' ? 2 : 1;
        return (text.Length / 4 * 3) - padding;
    }
}
