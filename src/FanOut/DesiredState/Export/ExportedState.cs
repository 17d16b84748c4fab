namespace FanOut.DesiredState.Export;

/// <summary>What there is, to be written as a desired state.</summary>
internal sealed record ExportedState
{
    /// <summary>The function; null: there is none, and so no connected source.</summary>
    public ExportedFunction? Function { get; init; }

    /// <summary>The function's variables; empty if they cannot be read.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The connected sources.</summary>
    public IReadOnlyList<FanOutSource> Sources { get; init; } = [];

    /// <summary>The targets.</summary>
    public IReadOnlyList<FanOutTarget> Targets { get; init; } = [];

    /// <summary>Names and types of sources, by their ARNs: of those that are found by them in the function's account and region.</summary>
    public IReadOnlyDictionary<string, (string Name, string Type)> Names { get; init; } = new Dictionary<string, (string, string)>();
}
