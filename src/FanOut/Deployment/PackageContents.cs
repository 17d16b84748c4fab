using System.IO.Compression;
using System.IO.Hashing;
using System.Text.Json;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>What Lambda would start of a deployment package: a program for one processor, or a portable assembly of .NET.</summary>
/// <remarks>
/// A custom runtime (<c>provided.…</c>) starts the executable file <c>bootstrap</c> at the zip's root, see
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html"/>; <c>dotnet…</c> starts <c>bootstrap.dll</c>, because the handler is
/// <c>bootstrap</c>, see <see href="https://docs.aws.amazon.com/lambda/latest/dg/csharp-handler.html"/>.
/// </remarks>
internal sealed class PackageContents
{
    private const string Program = PublishSettings.Handler;
    private const string Portable = Program + ".dll";
    private const string PortableConfiguration = Program + ".runtimeconfig.json";

    // The permissions that others have of a file, as the upper half of a zip entry's attributes has them (st_mode): Lambda's user owns no file.
    private const int OthersReadAndRun = 0b101;

    // What Lambda takes in a call, and unpacked: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const long Megabyte = 1024 * 1024, MostPacked = 50 * Megabyte, MostUnpacked = 250 * Megabyte;

    // Linux reads that much of a script's first line: https://man7.org/linux/man-pages/man2/execve.2.html
    private const int FirstLine = 255;

    private readonly string _file;
    private readonly string[] _names;
    private readonly ElfHeader? _program;
    private readonly bool _isRunnable;
    private readonly string? _framework;

    private PackageContents(string file, ZipArchive zip)
    {
        _file = file;
        _names = [.. zip.Entries.Select(static e => e.FullName)];
        if (zip.GetEntry(Program) is { } program)
        {
            byte[] start = Start(program, FirstLine);
            _program = ElfHeader.Of(start);
            _isRunnable = ((program.ExternalAttributes >> 16) & OthersReadAndRun) == OthersReadAndRun;
        }

        _framework = zip.GetEntry(PortableConfiguration) is { } configuration ? FrameworkOf(configuration) : null;
    }

    private bool HasProgram => _program is not null;

    private bool IsPortable => _names.Contains(Portable);

    /// <summary>Reads what is in a package.</summary>
    /// <exception cref="FanOutException">PackageInvalid: it is no zip, damaged, or too large.</exception>
    public static PackageContents Of(DeploymentPackage package)
    {
        string file = Path.GetFileName(package.Path);
        if (package.Zip.Length > MostPacked)
        {
            throw TooLarge(file, $"has {package.Zip.Length / Megabyte} MB", MostPacked);
        }

        try
        {
            using ZipArchive zip = new(new MemoryStream(package.Zip.ToArray(), writable: false));
            long unpacked = zip.Entries.Sum(static e => e.Length);
            if (unpacked > MostUnpacked)
            {
                throw TooLarge(file, $"has {unpacked / Megabyte} MB when it is unpacked", MostUnpacked);
            }

            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                CheckEntry(file, entry);
            }

            return new PackageContents(file, zip);
        }
        catch (InvalidDataException e)
        {
            throw FanOutError.PackageInvalid(file, $"is no zip, or is damaged: {e.Message}", PackIt, e);
        }
    }

    /// <summary>The settings of a function that is created or upgraded, with the package's own runtime and processor where the user named none.</summary>
    /// <exception cref="FanOutException">PackageInvalid.</exception>
    public PublishSettings Complete(PublishSettings settings) => settings with
    {
        Runtime = settings.Runtime ?? (HasProgram ? PublishSettings.DefaultRuntime
            : IsPortable ? PublishSettings.PortableRuntime
            : throw Invalid($"has neither {Program} nor {Portable} at its root{Elsewhere(Program, Portable)}", PackIt)),
        Architecture = settings.Architecture ?? _program?.Architecture,
    };

    /// <summary>Checks that a function can start the package.</summary>
    /// <param name="runtime">The function's runtime.</param>
    /// <param name="architecture">The function's processor.</param>
    /// <exception cref="FanOutException">PackageInvalid.</exception>
    public void Check(string runtime, string architecture)
    {
        if (FunctionRuntime.IsPortable(runtime))
        {
            CheckPortable(runtime);
        }
        else if (FunctionRuntime.IsProvided(runtime))
        {
            CheckProgram(architecture);
        }
        else
        {
            throw Invalid($"cannot be started by the function's runtime {runtime}", $"Give -Runtime {(IsPortable && !HasProgram ? PublishSettings.PortableRuntime : PublishSettings.DefaultRuntime)}.");
        }
    }

    private void CheckProgram(string architecture)
    {
        if (_program is not { } program)
        {
            throw IsPortable
                ? Invalid($"has no program {Program} at its root: it is a portable package, for the runtime {PublishSettings.PortableRuntime}", $"Give -Runtime {PublishSettings.PortableRuntime}.")
                : Invalid($"has no program {Program} at its root{Elsewhere(Program)}", PackIt);
        }

        if (program.Problem is { } problem)
        {
            throw Invalid($"has a file {Program} that {problem}", "Build the program for Linux on arm64 or x86_64 ('dotnet publish Function -r linux-arm64').");
        }

        if (program.Architecture is { } own && own != architecture)
        {
            throw Invalid($"is a program for {own}, and the function's processor is {architecture}", $"Give -Architecture {own}, or a package for {architecture}.");
        }

        if (!_isRunnable)
        {
            throw Invalid($"has a file {Program} that is not executable for all users", $"Set its mode before it is packed ('chmod 755 {Program}'), with a tool that keeps modes: {PackIt}");
        }
    }

    private void CheckPortable(string runtime)
    {
        if (!IsPortable)
        {
            throw HasProgram
                ? Invalid($"has no {Portable} at its root: it is a program, for the runtime {PublishSettings.DefaultRuntime}", $"Give -Runtime {PublishSettings.DefaultRuntime}.")
                : Invalid($"has no {Portable} at its root{Elsewhere(Portable)}", PackIt);
        }

        if (!_names.Contains(PortableConfiguration))
        {
            throw Invalid($"has no {PortableConfiguration} at its root, which says what .NET it needs", PackIt);
        }

        if (_framework is { } framework && FunctionRuntime.Of(framework) is var needed && needed != runtime)
        {
            throw Invalid($"is made for {framework}, and the function's runtime is {runtime}", $"Give -Runtime {needed}, if Lambda has it, or build the package for {runtime}.");
        }
    }

    // The file may be there, but in a folder: a frequent mistake of those who pack the folder instead of what is in it.
    private string Elsewhere(params string[] files) =>
        _names.FirstOrDefault(n => files.Any(f => n.EndsWith("/" + f, StringComparison.Ordinal))) is { } name
            ? $", but has it in the folder {name[..(name.LastIndexOf('/') + 1)]}"
            : "";

    private static void CheckEntry(string file, ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw FanOutError.PackageInvalid(file, $"has the file {entry.FullName} encrypted", PackIt);
        }

        var sum = new Crc32();
        using Stream stream = entry.Open();
        sum.Append(stream);
        if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
        {
            throw FanOutError.PackageInvalid(file, $"is damaged: the file {entry.FullName} is not what was packed", PackIt);
        }
    }

    private static FanOutException TooLarge(string file, string what, long most) =>
        FanOutError.PackageInvalid(file, $"{what}, and Lambda takes {most / Megabyte}", "Leave out what the function does not need, such as debug files.");

    private FanOutException Invalid(string problem, string advice) => FanOutError.PackageInvalid(_file, problem, advice);

    private static string PackIt => "'dotnet publish Function' makes packages that run (README.md).";

    private static byte[] Start(ZipArchiveEntry entry, int length)
    {
        byte[] start = new byte[length];
        using Stream stream = entry.Open();
        return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    }

    // The framework's moniker, net10.0. A file that cannot be read is the runtime's to judge.
    private static string? FrameworkOf(ZipArchiveEntry configuration)
    {
        try
        {
            using Stream stream = configuration.Open();
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.GetProperty("runtimeOptions").GetProperty("tfm").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
