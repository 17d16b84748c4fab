using System.Buffers.Binary;
using System.IO.Compression;

namespace FanOut.Engine.Transform;

/// <summary>Unpacks gzip, of one member or of several (<see href="https://www.rfc-editor.org/rfc/rfc1952"/>).</summary>
internal static class Gunzip
{
    // The shortest member: 10 bytes of header, 2 of an empty deflate block, 8 of trailer.
    private const int TrailerBytes = 8;

    // ID1, ID2, and CM = deflate, the only method that there is.
    private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 8];

    /// <summary>Whether data begins as gzip does.</summary>
    public static bool Is(ReadOnlySpan<byte> data) => data.StartsWith(Magic);

    /// <summary>Whether the base64 text of data begins as that of gzip does.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text) => text.StartsWith("H4sI"u8);

    /// <summary>Unpacks.</summary>
    /// <param name="data">Data that begins as gzip does.</param>
    /// <param name="into">Takes what it unpacks to.</param>
    /// <param name="most">How many bytes that may be.</param>
    /// <returns>Why it cannot be unpacked; null: it was.</returns>
    public static UnpackFault? Read(ReadOnlyMemory<byte> data, Scratch into, long most)
    {
        // GZipStream takes what breaks off, and what is followed by something else, for the end. So a member of our own is put behind: only if all before it
        // is whole does its content come out last.
        into.Begin((int)Math.Min(Announced(data.Span), most) + GzipInput.EndMark.Length + 1);
        try
        {
            using var unpacked = new GZipStream(new GzipInput(data), CompressionMode.Decompress);
            for (int read; (read = unpacked.Read(into.GetSpan())) > 0;)
            {
                into.Advance(read);
                if (into.Written.Length > most + GzipInput.EndMark.Length)
                {
                    return new UnpackFault(
                        UnpackFault.TooLarge, $"The record's data is gzip of more than {most} bytes, to which a function with this memory unpacks a record; with more memory it unpacks more.");
                }

                into.Reserve();
            }
        }
        catch (InvalidDataException)
        {
            return Broken;
        }

        if (!into.Written.EndsWith(GzipInput.EndMark))
        {
            return Broken;
        }

        into.Advance(-GzipInput.EndMark.Length);
        return null;
    }

    private static UnpackFault Broken { get; } = new(Undecodable.Broken, "The record's data begins as gzip does, but is damaged, breaks off, or is followed by something else.");

    // The last four bytes say how many bytes the last member unpacks to. They may lie.
    private static uint Announced(ReadOnlySpan<byte> data) => data.Length < TrailerBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(data[^4..]);
}
