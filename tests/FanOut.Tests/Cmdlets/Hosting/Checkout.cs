using System.Reflection;

namespace FanOut.Tests.Cmdlets.Hosting;

/// <summary>This checkout of the repository.</summary>
public static class Checkout
{
    /// <summary>Its root, which is the module's folder too.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Join(folder, "FanOut.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("FanOut.slnx was not found above the test assembly.");
        }

        return folder;
    }
}
