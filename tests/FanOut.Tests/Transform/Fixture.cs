namespace FanOut.Tests.Transform;

/// <summary>The files beside these tests.</summary>
internal static class Fixture
{
    public static byte[] Read(string name)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "FanOut.slnx")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        return File.ReadAllBytes(Path.Combine(root.FullName, "tests", "FanOut.Tests", "Transform", "Fixtures", name));
    }
}
