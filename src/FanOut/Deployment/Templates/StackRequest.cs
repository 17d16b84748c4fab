using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Templates;

/// <summary>What is asked for: a function as it is, changed as the parameters say.</summary>
internal sealed record StackRequest
{
    /// <summary>The settings that are named.</summary>
    public required PublishSettings Settings { get; init; }

    /// <summary>The sources that are named or piped; null: those that are connected.</summary>
    public IReadOnlyList<WantedSource>? Sources { get; init; }

    /// <summary>The targets that are piped; null: those of the table.</summary>
    public IReadOnlyList<Mapping>? Targets { get; init; }
}
