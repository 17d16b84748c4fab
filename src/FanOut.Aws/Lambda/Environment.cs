namespace FanOut.Aws.Lambda;

/// <summary>Environment variables that a function shall have, instead of all that it has.</summary>
public sealed class Environment
{
    /// <summary>Names and values, at most 4 KB; empty removes all.</summary>
    public Dictionary<string, string>? Variables { get; set; }
}
