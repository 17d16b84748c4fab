namespace FanOut.EndToEnd.Servers;

/// <summary>The checkout these tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>FanOut.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "FanOut.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"No folder above {AppContext.BaseDirectory} holds FanOut.slnx: run the tests from where they were built in the repository.");
    }
}
