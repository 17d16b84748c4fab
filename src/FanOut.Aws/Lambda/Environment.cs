namespace FanOut.Aws.Lambda;

/// <summary>The environment variables of a function. They replace all that it has.</summary>
public sealed class Environment
{
    /// <summary>Names and values, at most 4 KB; empty removes all.</summary>
    public Dictionary<string, string>? Variables { get; set; }
}
