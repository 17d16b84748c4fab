namespace FanOut.Aws;

/// <summary>Bytes on their way into a request, either as they are or already as base64 text.</summary>
/// <remarks>
/// Kinesis events hold data as base64, which Firehose is sent too: a record that is not changed is never decoded for it. Kinesis is sent bytes, which
/// are decoded into the request's body.
/// </remarks>
/// <param name="Content">The bytes, or their base64 text in ASCII.</param>
/// <param name="IsBase64">Whether <paramref name="Content"/> is base64 text.</param>
public readonly record struct Blob(ReadOnlyMemory<byte> Content, bool IsBase64)
{
    /// <summary>The number of bytes after decoding.</summary>
    public int Length => IsBase64 ? DecodedLength(Content.Span) : Content.Length;

    /// <summary>The length of its base64 text.</summary>
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
