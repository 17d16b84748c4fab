namespace FanOut.Engine.Batching;

/// <summary>The failure of what is larger than its target takes.</summary>
internal static class Oversize
{
    public static Failure Of(long bytes, long most) => new(
        FailureClass.Oversize, "Oversize",
        $"It has {bytes} bytes, the target takes {most}. If the target takes more, say so with maxItemBytes on the mapping.");
}
