namespace FanOut.Engine.Transform;

/// <summary>A record that could not be read.</summary>
/// <param name="Record">Its position in its group.</param>
/// <param name="Code">The failure's code.</param>
/// <param name="Reason">What is wrong with it; never its data.</param>
/// <param name="Key">Its key, as those of payloads; empty where it is not known.</param>
public readonly record struct Undecodable(int Record, string Code, string Reason, ReadOnlyMemory<byte> Key)
{
    /// <summary>The code of a record that Lambda would not send like this.</summary>
    public const string Unreadable = "UnreadableRecord";

    /// <summary>The code of a record that is no change of a table, where the mapping says that all are.</summary>
    public const string NotChange = "NotChange";

    /// <summary>The code of data or an image that cannot be decoded.</summary>
    public const string Broken = "Undecodable";
}
