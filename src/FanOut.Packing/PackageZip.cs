using System.Buffers.Binary;
using System.IO.Compression;

namespace FanOut.Packing;

/// <summary>A deployment package of AWS Lambda: a zip whose bytes depend on nothing but the names and bytes of its files.</summary>
/// <remarks>
/// A custom runtime's <c>bootstrap</c> must be executable. .NET does not mark that in zips that it makes on Windows. See
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"/>; the format:
/// <see href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT"/>.
/// </remarks>
internal static class PackageZip
{
    /// <summary>The file that Lambda's custom runtimes start.</summary>
    public const string Program = "bootstrap";

    // st_mode of Unix in the upper half: a regular file (0100000), rwxr-xr-x or rw-r--r--.
    private const uint Executable = 0x81ED_0000;
    private const uint Readable = 0x81A4_0000;

    private const int CentralHeader = 0x0201_4b50;
    private const int CentralHeaderSize = 46;
    private const int EndSize = 22;
    private const byte MadeOnUnix = 3;

    // The earliest time that a zip can have.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the package.</summary>
    /// <param name="output">An empty stream.</param>
    /// <param name="files">Names and contents, in any order.</param>
    public static void Write(MemoryStream output, IEnumerable<(string Name, byte[] Content)> files)
    {
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files.OrderBy(static f => f.Name, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
                entry.LastWriteTime = Time;
                entry.ExternalAttributes = unchecked((int)(name == Program ? Executable : Readable));
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        MarkAsUnix(output.GetBuffer().AsSpan(0, (int)output.Length));
    }

    // File modes count only in entries that say they were made on Unix; .NET writes the system that it runs on.
    private static void MarkAsUnix(Span<byte> zip)
    {
        Span<byte> end = zip[^EndSize..];
        int header = BinaryPrimitives.ReadInt32LittleEndian(end[16..]);
        for (int i = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]); i > 0; i--)
        {
            Span<byte> entry = zip[header..];
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) != CentralHeader)
            {
                throw new InvalidDataException("The zip's central directory is not where its end says.");
            }

            entry[5] = MadeOnUnix;
            header += CentralHeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }
    }
}
