namespace FanOut.Annotations;

/// <summary>A CI service that runs this process, and takes lines of its standard output as commands.</summary>
/// <param name="workspace">Where the run's repository lies; null: unknown.</param>
internal abstract class CiService(string? workspace)
{
    // Both services compare paths so.
    private static readonly StringComparison s_pathComparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The service by the variables that it sets.</summary>
    /// <param name="environment">Gives a variable's value.</param>
    /// <returns>Null: none that is known runs this process.</returns>
    public static CiService? Of(Func<string, string?> environment) =>
        IsTrue(environment("GITHUB_ACTIONS")) ? new GitHubActions(environment("GITHUB_WORKSPACE"))
        : IsTrue(environment("TF_BUILD")) ? new AzurePipelines(environment("BUILD_SOURCESDIRECTORY"))
        : null;

    /// <summary>The line that makes an annotation.</summary>
    public string Annotate(Annotation annotation) =>
        Command(annotation.Position is { } position && !IsOfWorkspace(position.File) ? annotation with { Position = null } : annotation);

    /// <summary>The lines that have the service replace a secret by stars from now on.</summary>
    /// <param name="secret">The secret; one of several lines is masked line by line, as logs are written.</param>
    public IEnumerable<string> Mask(string secret) =>
        secret.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(MaskLine);

    /// <summary>The command that makes an annotation, in one line.</summary>
    protected abstract string Command(Annotation annotation);

    /// <summary>The command that masks one line.</summary>
    protected abstract string MaskLine(string secret);

    // What is typed in the workflow's file runs from a temporary one, which no reader of the annotation could open.
    private bool IsOfWorkspace(string file)
    {
        if (string.IsNullOrEmpty(workspace))
        {
            return true;
        }

        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(workspace)) + Path.DirectorySeparatorChar;
        return Path.GetFullPath(file).StartsWith(folder, s_pathComparison);
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
