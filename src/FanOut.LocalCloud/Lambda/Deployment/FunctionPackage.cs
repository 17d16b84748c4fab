using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>A deployment package, unpacked into a folder of its own.</summary>
internal sealed class FunctionPackage : IDisposable
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const int MostZipBytes = 50 * 1024 * 1024;
    private const int MostUnpackedBytes = 250 * 1024 * 1024;

    // Bits of the file mode that a zip from Unix has in the upper half of the external attributes.
    private const int TypeMask = 0xF000;
    private const int SymbolicLink = 0xA000;
    private const UnixFileMode OthersRun = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly Dictionary<string, UnixFileMode> _modes = new(StringComparer.Ordinal);

    private FunctionPackage(ReadOnlySpan<byte> zip)
    {
        Size = zip.Length;
        Sha256 = Convert.ToBase64String(SHA256.HashData(zip));
        Folder = Directory.CreateTempSubdirectory("fanout-lambda-").FullName;
    }

    /// <summary>The zip's bytes.</summary>
    public int Size { get; }

    /// <summary>The zip's SHA-256 in base64.</summary>
    public string Sha256 { get; }

    /// <summary>The folder with its files.</summary>
    public string Folder { get; }

    /// <summary>Unpacks a zip.</summary>
    /// <exception cref="ServiceException">
    /// InvalidParameterValueException: it is not a zip, is too large, or has entries that would be outside of the folder.
    /// </exception>
    public static FunctionPackage Unpack(byte[] zip)
    {
        if (zip.Length == 0)
        {
            throw Invalid("Uploaded file must be a non-empty zip");
        }

        if (zip.Length > MostZipBytes)
        {
            throw new ServiceException("RequestTooLargeException", $"Request must be smaller than {MostZipBytes * 4 / 3} bytes for the CreateFunction operation", 413);
        }

        FunctionPackage package = new(zip);
        try
        {
            using ZipArchive archive = new(new MemoryStream(zip));
            package.Unpack(archive);
            return package;
        }
        catch (Exception e) when (e is InvalidDataException or ServiceException)
        {
            package.Dispose();
            throw e as ServiceException ?? Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    /// <summary>The path of a file; null when the package has none of that name.</summary>
    public string? Find(string name) => _modes.ContainsKey(name) ? Path.Combine(Folder, name) : null;

    /// <summary>Whether Lambda's user, who owns none of the files, may run a file.</summary>
    public bool MayRun(string name) => (_modes.GetValueOrDefault(name) & OthersRun) == OthersRun;

    /// <summary>A URL like in GetFunction's answers; nothing can be downloaded there.</summary>
    public string LocationOf(string functionArn)
    {
        var (region, account) = (ArnText.Part(functionArn, 3), ArnText.Part(functionArn, 4));
        return $"https://awslambda-{region}-tasks.s3.{region}.{DnsSuffix.Of(region)}/snapshots/{account}/{DestinationName.Short(functionArn)}-{Convert.ToHexString(Encoding.UTF8.GetBytes(Sha256[..8]))}?versionId=local";
    }

    /// <summary>Deletes the folder; processes that still run from it go on.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On Windows a process that has not quite ended may hold a file open; the system cleans up its temporary folder.
        }
    }

    private void Unpack(ZipArchive archive)
    {
        long bytes = 0;
        foreach (var entry in archive.Entries)
        {
            var path = Path.GetFullPath(Path.Combine(Folder, entry.FullName));
            var mode = entry.ExternalAttributes >> 16;
            if (!path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || (mode & TypeMask) == SymbolicLink)
            {
                throw Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
            }

            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            bytes += Write(entry, path, MostUnpackedBytes - bytes);
            _modes[entry.FullName] = (UnixFileMode)(mode & 0x1FF);
            if (!OperatingSystem.IsWindows())
            {
                // The files belong to the user of this process, who stands for Lambda's user.
                const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
                const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
                File.SetUnixFileMode(path, MayRun(entry.FullName) ? Plain | Run : Plain);
            }
        }
    }

    // The size is counted while writing: the size in the zip may be wrong.
    private static long Write(ZipArchiveEntry entry, string path, long most)
    {
        using var from = entry.Open();
        using var to = File.Create(path);
        var buffer = new byte[81_920];
        long written = 0;
        for (int read; (read = from.Read(buffer)) > 0; written += read)
        {
            if (written + read > most)
            {
                throw Invalid($"Unzipped size must be smaller than {MostUnpackedBytes} bytes");
            }

            to.Write(buffer, 0, read);
        }

        return written;
    }

    private static ServiceException Invalid(string message) => new("InvalidParameterValueException", message);
}
