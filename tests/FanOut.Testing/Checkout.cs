namespace FanOut.Testing;

/// <summary>The checkout of the repository that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its root, which is the module's folder too.</summary>
    public static string Root { get; } = Find();

    // artifacts/bin/<test project>/<configuration>/
    private static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>A file that the build made of a project, in the configuration that the tests are of.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="file">The file's name.</param>
    public static string Built(string project, string file) => Path.Join(Root, "artifacts", "bin", project, Configuration, file);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "FanOut.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds FanOut.slnx: run the tests from where they were built in the repository.");
        }

        return folder;
    }
}
