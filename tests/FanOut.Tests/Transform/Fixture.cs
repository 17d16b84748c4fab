namespace FanOut.Tests.Transform;

/// <summary>The files beside these tests.</summary>
internal static class Fixture
{
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Join(Checkout.Root, "tests", "FanOut.Tests", "Transform", "Fixtures", name));
}
