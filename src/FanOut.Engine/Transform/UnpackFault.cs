namespace FanOut.Engine.Transform;

/// <summary>Why data cannot be unpacked.</summary>
/// <param name="Code">The failure's code.</param>
/// <param name="Reason">What is wrong with it; never the data.</param>
public sealed record UnpackFault(string Code, string Reason)
{
    /// <summary>The code of data that unpacks to more than there is memory for.</summary>
    public const string TooLarge = "TooLargeUnpacked";
}
