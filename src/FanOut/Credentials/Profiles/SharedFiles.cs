namespace FanOut.Credentials.Profiles;

/// <summary>The files of the shared credential store.</summary>
/// <param name="Credentials">The credentials file, whose sections are profiles.</param>
/// <param name="Config">The config file, whose headings begin with the kind of section: profile, sso-session, services.</param>
internal sealed record SharedFiles(string Credentials, string Config)
{
    /// <summary>The files, as messages name them.</summary>
    public string Description => $"{Credentials} and {Config}";

    /// <summary>Finds the files.</summary>
    /// <param name="location">
    /// <c>-ProfileLocation</c>: a folder that holds both files, or the credentials file, beside which a file <c>config</c> may lie. Without
    /// it: <c>AWS_SHARED_CREDENTIALS_FILE</c> and <c>AWS_CONFIG_FILE</c>, each by default in <c>~/.aws</c>
    /// (https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html).
    /// </param>
    /// <param name="environment">The environment's variables.</param>
    public static SharedFiles Of(string? location, Func<string, string?> environment)
    {
        string home = NonEmpty("HOME") ?? NonEmpty("USERPROFILE") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (location is not null)
        {
            bool isFolder = Directory.Exists(location);
            return new SharedFiles(
                isFolder ? Path.Join(location, "credentials") : location,
                Path.Join(isFolder ? location : Path.GetDirectoryName(location), "config"));
        }

        return new SharedFiles(
            FromHome(NonEmpty("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials"), FromHome(NonEmpty("AWS_CONFIG_FILE") ?? "~/.aws/config"));

        string? NonEmpty(string name) => environment(name) is { Length: > 0 } text ? text : null;

        string FromHome(string path) => path.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(home, path[2..].Replace('/', Path.DirectorySeparatorChar)) : path;
    }
}
