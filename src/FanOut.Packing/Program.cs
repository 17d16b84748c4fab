using System.Security.Cryptography;
using FanOut.Packing;

// Exit codes: 0 written, 1 what is there cannot be packed, 2 the command line cannot be used. Errors have the form that MSBuild shows as its own.
const string Usage = """
    Usage: FanOut.Packing function PACKAGE.zip FILE…         the files, which must be there, as a deployment package
           FanOut.Packing archive ARCHIVE.zip FOLDER         what is in the folder
           FanOut.Packing manifest FanOut.psd1 CHANGELOG.md OUTPUT.psd1
           FanOut.Packing notices OUTPUT.txt PACKAGE-FOLDER…
           FanOut.Packing bill CYCLONEDX.json OUTPUT.json [PACKAGE-FOLDER…]
           FanOut.Packing checksums FOLDER                   SHA256SUMS of its files, into it
    """;
try
{
    switch (args)
    {
        case ["function", var zip, _, ..] when args[2..].All(File.Exists):
            await WriteZipAsync(zip, args[2..].Select(static f => (Path.GetFileName(f), f))).ConfigureAwait(false);
            return 0;
        case ["archive", var zip, var folder] when Directory.Exists(folder):
            await WriteZipAsync(zip, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(folder, f).Replace('\\', '/'), f))).ConfigureAwait(false);
            return 0;
        case ["manifest", var manifest, var changelog, var output]:
            await File.WriteAllTextAsync(output, ReleasedManifest.Of(await File.ReadAllTextAsync(manifest).ConfigureAwait(false), await File.ReadAllTextAsync(changelog).ConfigureAwait(false)))
                .ConfigureAwait(false);
            return 0;
        case ["notices", var output, _, ..]:
            await File.WriteAllTextAsync(output, ThirdPartyNotices.Of(args[2..].Select(RestoredPackage.Read))).ConfigureAwait(false);
            return 0;
        case ["bill", var bill, var output, ..]:
            await File.WriteAllTextAsync(output, BillOfMaterials.Of(await File.ReadAllTextAsync(bill).ConfigureAwait(false), args[3..].Select(RestoredPackage.Read))).ConfigureAwait(false);
            return 0;
        case ["checksums", var folder] when Directory.Exists(folder):
            string sums = Path.Join(folder, "SHA256SUMS");
            await File.WriteAllLinesAsync(sums, Directory.GetFiles(folder).Where(f => f != sums).Order(StringComparer.Ordinal).Select(static f =>
                $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}  {Path.GetFileName(f)}")).ConfigureAwait(false);
            return 0;
        default:
            await Console.Error.WriteLineAsync($"FanOut.Packing : error PACK001: {Usage}").ConfigureAwait(false);
            return 2;
    }
}
catch (PackingException e)
{
    await Console.Error.WriteLineAsync($"FanOut.Packing : error PACK002: {e.Message}").ConfigureAwait(false);
    return 1;
}

static async Task WriteZipAsync(string zip, IEnumerable<(string Name, string File)> files)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(zip))!);
    using var buffer = new MemoryStream();
    PackageZip.Write(buffer, files.Select(static f => (f.Name, File.ReadAllBytes(f.File))));
    await File.WriteAllBytesAsync(zip, buffer.ToArray()).ConfigureAwait(false);
    Console.WriteLine($"{Path.GetFileName(zip)}: {buffer.Length:N0} bytes");
}
