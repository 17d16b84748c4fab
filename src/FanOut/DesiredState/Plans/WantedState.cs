using FanOut.Deployment;

namespace FanOut.DesiredState.Plans;

/// <summary>A desired state that was checked, with its names looked up.</summary>
internal sealed record WantedState
{
    /// <summary>How the function is published; null: its settings are left alone.</summary>
    public PublishSettings? Function { get; init; }

    /// <summary>The alias through which the sources call the function; null: they call the function itself.</summary>
    public string? Alias { get; init; }

    /// <summary>The sources; null: connections are left alone.</summary>
    public IReadOnlyList<WantedConnection>? Sources { get; init; }

    /// <summary>The targets; null: they are left alone.</summary>
    public IReadOnlyList<WantedTarget>? Targets { get; init; }

    /// <summary>The sources of which targets that are not wanted may be removed; null: all.</summary>
    public IReadOnlySet<string>? TargetsOf { get; init; }
}
