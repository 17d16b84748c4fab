namespace FanOut.DesiredState.Sections;

/// <summary>A desired state. A section that it does not have is left alone, whatever is there.</summary>
internal sealed record StateSections
{
    /// <summary>The function; null: its settings are left alone.</summary>
    public FunctionPart? Function { get; init; }

    /// <summary>The connected sources; null: connections are left alone.</summary>
    public IReadOnlyList<SourcePart>? Sources { get; init; }

    /// <summary>The targets; null: they are left alone.</summary>
    public IReadOnlyList<TargetPart>? Targets { get; init; }
}
