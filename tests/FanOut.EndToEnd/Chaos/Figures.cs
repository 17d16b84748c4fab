namespace FanOut.EndToEnd.Chaos;

/// <summary>Figures that a run of the gate prints at its end: lines in artifacts/figures.</summary>
internal static class Figures
{
    public static void Write(ITestOutputHelper output, string name, string text)
    {
        output.WriteLine(text);
        string folder = Path.Join(Checkout.Root, "artifacts", "figures");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Join(folder, name + ".txt"), text + "\n");
    }
}
