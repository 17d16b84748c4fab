using System.Security.Cryptography;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>The zip with the code of a function.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Zip">Its bytes.</param>
internal sealed record DeploymentPackage(string Path, ReadOnlyMemory<byte> Zip)
{
    private string? _sha256;

    /// <summary>SHA-256 of the zip in base64, the form of Lambda's <c>CodeSha256</c>.</summary>
    public string Sha256 => _sha256 ??= Convert.ToBase64String(SHA256.HashData(Zip.Span));

    /// <summary>The version of FanOut that is in it: the module's, in its own packages; null: a package of the user's, which does not tell.</summary>
    public ModuleVersion? Version { get; init; }

    /// <summary>The folder of the module's own packages.</summary>
    public static string Folder { get; } = System.IO.Path.Join(System.IO.Path.GetDirectoryName(typeof(DeploymentPackage).Assembly.Location), "function");

    /// <summary>The file of the module's package for a function, whether it exists or not.</summary>
    /// <param name="runtime">The function's runtime: <c>provided.…</c> takes a program for its processor, <c>dotnet…</c> the portable one.</param>
    /// <param name="architecture">The function's processor.</param>
    public static string PathFor(string runtime, string architecture) => System.IO.Path.Join(
        Folder,
        FunctionRuntime.IsPortable(runtime) ? $"fanout-{runtime}.zip" : $"fanout-linux-{(architecture == "arm64" ? "arm64" : "x64")}.zip");

    /// <summary>The runtime of a function that is created or upgraded: one for which the module has a package.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static string RuntimeFor(PublishSettings settings, Func<string, bool> exists)
    {
        string architecture = settings.Architecture ?? PublishSettings.DefaultArchitecture;
        bool isPortable = settings.PackagePath is null
            && !exists(PathFor(PublishSettings.DefaultRuntime, architecture)) && exists(PathFor(PublishSettings.PortableRuntime, architecture));
        return settings.Runtime ?? (isPortable ? PublishSettings.PortableRuntime : PublishSettings.DefaultRuntime);
    }

    /// <summary>Whether the module's package for a function differs from the deployed one.</summary>
    /// <returns>Null: the module has no package for its runtime and processor, or it is not known what is deployed.</returns>
    public static bool? IsOther(string? runtime, string? architecture, string? deployedSha256)
    {
        string file = PathFor(runtime ?? PublishSettings.DefaultRuntime, architecture ?? "x86_64");
        if (deployedSha256 is null || !File.Exists(file))
        {
            return null;
        }

        using FileStream zip = File.OpenRead(file);
        return Convert.ToBase64String(SHA256.HashData(zip)) != deployedSha256;
    }

    /// <summary>Reads the package for a function.</summary>
    /// <param name="path">The user's own package; null: the module's.</param>
    /// <param name="runtime">The function's runtime.</param>
    /// <param name="architecture">The function's processor.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">PackageNotFound; PackageInvalid: the user's package could not be started.</exception>
    public static async Task<DeploymentPackage> ReadAsync(string? path, string runtime, string architecture, CancellationToken cancellationToken)
    {
        DeploymentPackage package = await ReadAsync(path ?? PathFor(runtime, architecture), isOwn: path is not null, cancellationToken).ConfigureAwait(false);
        if (path is not null)
        {
            PackageContents.Of(package).Check(runtime, architecture);
        }

        return package;
    }

    /// <summary>The settings of a function that is created or upgraded, with the runtime and the processor of the user's package where none is named.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">PackageNotFound, PackageInvalid.</exception>
    public static async Task<PublishSettings> CompleteAsync(PublishSettings settings, CancellationToken cancellationToken) => settings.PackagePath is { } path
        ? PackageContents.Of(await ReadAsync(path, isOwn: true, cancellationToken).ConfigureAwait(false)).Complete(settings)
        : settings;

    private static async Task<DeploymentPackage> ReadAsync(string file, bool isOwn, CancellationToken cancellationToken) => File.Exists(file)
        ? new(file, await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)) { Version = isOwn ? null : ModuleVersion.Own }
        : throw (isOwn ? FanOutError.PackageNotFound(file) : FanOutError.PackageNotHeld(System.IO.Path.GetFileName(file), Held, System.IO.Path.GetFullPath(System.IO.Path.Join(Folder, "..", ".."))));

    private static string[] Held => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*.zip").Select(static f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];
}
