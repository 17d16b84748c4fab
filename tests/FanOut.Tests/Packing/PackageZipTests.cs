using System.IO.Compression;
using FanOut.Packing;

namespace FanOut.Tests.Packing;

public sealed class PackageZipTests
{
    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("bootstrap", [.. Enumerable.Range(0, 100_000).Select(static i => (byte)(i * i >> 5))]), ("FanOut.Engine.dll", "dll"u8.ToArray()), ("bootstrap.runtimeconfig.json", []),
    ];

    [Fact]
    public void Files_come_back_as_they_were_in_the_order_of_their_names()
    {
        using ZipArchive zip = new(new MemoryStream(Write(Files)));

        Assert.Equal(Files.OrderBy(static f => f.Name, StringComparer.Ordinal).Select(static f => (f.Name, Convert.ToBase64String(f.Content))), zip.Entries.Select(static e => (e.FullName, Read(e))));
    }

    // "Version made by", the fifth and sixth byte of a central header: in the upper one 3 stands for Unix, whose modes are then believed.
    [Fact]
    public void Only_the_program_is_executable_and_all_say_that_a_Unix_made_them()
    {
        byte[] bytes = Write(Files);
        using ZipArchive zip = new(new MemoryStream(bytes));

        Assert.Equal(["FanOut.Engine.dll 81A40000", "bootstrap 81ED0000", "bootstrap.runtimeconfig.json 81A40000"], zip.Entries.Select(static e => $"{e.FullName} {e.ExternalAttributes:X8}"));
        Assert.Equal([3, 3, 3], CentralHeaders(bytes).Select(h => (int)bytes[h + 5]));
    }

    [Fact]
    public void The_same_files_give_the_same_bytes_in_whatever_order_they_come()
    {
        byte[] bytes = Write(Files);

        Assert.Equal(bytes, Write([.. Files.Reverse()]));
        using ZipArchive zip = new(new MemoryStream(bytes));
        Assert.All(zip.Entries, static e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
    }

    private static byte[] Write((string Name, byte[] Content)[] files)
    {
        using MemoryStream output = new();
        PackageZip.Write(output, files);
        return output.ToArray();
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using MemoryStream content = new();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        return Convert.ToBase64String(content.ToArray());
    }

    private static IEnumerable<int> CentralHeaders(byte[] zip) => Enumerable.Range(0, zip.Length - 4).Where(i => zip.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8));
}
