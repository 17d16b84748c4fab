using FanOut.Aws.Lambda;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>The program that a function runs, beside the module's own.</summary>
/// <param name="IsOther">Whether it is another than the module's; null: the module has none for the function's runtime and processor.</param>
/// <param name="Version">Its version; null: not known.</param>
internal sealed record DeployedCode(bool? IsOther, ModuleVersion? Version)
{
    /// <summary>On a function with a package of the module's own; its value is the version, and the SHA-256 of that package.</summary>
    public const string VersionTag = "fanout:version";

    // arn:aws:lambda:region:account:function:name, without the version or alias that may follow: tags are of the function as a whole.
    private const int PartsOfArn = 7;

    /// <summary>The version beside the module's: Same, Older or Newer; null: not known.</summary>
    public string? Comparison => Version?.CompareTo(ModuleVersion.Own) switch
    {
        null => null,
        0 => "Same",
        < 0 => "Older",
        _ => "Newer",
    };

    /// <summary>The tags of a function that gets a package: with its version, unless it is the user's own package, whose version is not known.</summary>
    /// <param name="tags">The other tags; null: none.</param>
    /// <param name="package">The package.</param>
    public static Dictionary<string, string> Tag(IReadOnlyDictionary<string, string>? tags, DeploymentPackage package)
    {
        var all = new Dictionary<string, string>(tags ?? new Dictionary<string, string>());
        if (package.Version is { } version)
        {
            all[VersionTag] = $"{version} {package.Sha256}";
        }

        return all;
    }

    /// <summary>The version that a function's tags tell, as long as nobody else has changed its code.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="codeSha256">What is deployed.</param>
    /// <returns>Null: they tell none, or that of other code.</returns>
    public static ModuleVersion? VersionOf(IReadOnlyDictionary<string, string> tags, string? codeSha256) =>
        tags.GetValueOrDefault(VersionTag)?.Split(' ') is [var version, var sha256] && sha256 == codeSha256 ? ModuleVersion.TryParse(version) : null;

    /// <summary>What a function's settings alone tell of its code: the module's own is known by its hash.</summary>
    /// <param name="configuration">The function's settings.</param>
    public static DeployedCode Of(FunctionConfiguration configuration)
    {
        string? architecture = configuration.Architectures is [var first, ..] ? first : null;
        bool? isOther = DeploymentPackage.IsOther(configuration.Runtime, architecture, configuration.CodeSha256);
        return new(isOther, isOther == false ? ModuleVersion.Own : null);
    }

    /// <summary>Asks for the tag of a function whose version is not known.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="configuration">The function's settings.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<DeployedCode> WithTagAsync(AwsSession session, FunctionConfiguration configuration, CancellationToken cancellationToken)
    {
        if (Version is not null)
        {
            return this;
        }

        string arn = string.Join(':', configuration.FunctionArn!.Split(':').Take(PartsOfArn));
        ListTagsResponse found = await session.Lambda().ListTagsAsync(new ListTagsRequest { Resource = arn }, cancellationToken).ConfigureAwait(false);
        return this with { Version = VersionOf(found.Tags ?? [], configuration.CodeSha256) };
    }
}
