using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace FanOut.Aws.Protocols;

/// <summary>Writes CBOR into a request's body, all of it with its length in front: <see href="https://www.rfc-editor.org/rfc/rfc8949"/>.</summary>
internal static class CborBody
{
    /// <summary>How many bytes the head of a value has at most.</summary>
    public const int LongestHead = 5;

    /// <summary>Appends the head of a value: its type, and its length or its number of members.</summary>
    public static void WriteCborHead(this RequestBody body, CborType type, int length)
    {
        Span<byte> head = body.GetSpan(LongestHead);
        int major = (int)type << 5;
        switch (length)
        {
            case < 24:
                head[0] = (byte)(major | length);
                body.Advance(1);
                break;
            case <= byte.MaxValue:
                (head[0], head[1]) = ((byte)(major | 24), (byte)length);
                body.Advance(2);
                break;
            case <= ushort.MaxValue:
                head[0] = (byte)(major | 25);
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)length);
                body.Advance(3);
                break;
            default:
                head[0] = (byte)(major | 26);
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)length);
                body.Advance(LongestHead);
                break;
        }
    }

    /// <summary>Appends UTF-8 text.</summary>
    public static void WriteCborText(this RequestBody body, ReadOnlySpan<byte> utf8)
    {
        body.WriteCborHead(CborType.Text, utf8.Length);
        body.Write(utf8);
    }

    /// <summary>Appends the bytes that a blob stands for; base64 is decoded into the body.</summary>
    /// <returns>False: the blob's text is not base64, or not written as usual; then what was appended is of no use.</returns>
    public static bool TryWriteCborBytes(this RequestBody body, in Blob blob)
    {
        // Text with line feeds or without its padding stands for bytes as well, but its length does not tell how many.
        int length = blob.Length;
        if (blob.IsBase64 && blob.Content.Length % 4 != 0)
        {
            return false;
        }

        body.WriteCborHead(CborType.Bytes, length);
        if (!blob.IsBase64)
        {
            body.Write(blob.Content.Span);
            return true;
        }

        Span<byte> room = body.GetSpan(Base64.GetMaxDecodedFromUtf8Length(blob.Content.Length));
        bool isWhole = Base64.DecodeFromUtf8(blob.Content.Span, room, out int read, out int written) == OperationStatus.Done
            && written == length && read == blob.Content.Length;
        body.Advance(written);
        return isWhole;
    }
}
