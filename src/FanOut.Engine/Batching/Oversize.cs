namespace FanOut.Engine.Batching;

/// <summary>The failure of what is larger than its target takes.</summary>
internal static class Oversize
{
    /// <summary>The failure's code.</summary>
    public const string Code = "Oversize";

    public static Failure Of(long bytes, long most) => new(
        FailureClass.Oversize, Code,
        $"It has {bytes} bytes, the target takes {most}. If the target takes more, say so with maxItemBytes on the mapping.");
}
