using FanOut.DesiredState.Files;
using FanOut.Registry;

namespace FanOut.DesiredState.Sections;

/// <summary>A target of a desired state: parameters of Register-FanOutTarget. What is left out has Register-FanOutTarget's default, but for <c>Enabled</c>.</summary>
/// <param name="node">Where it stands.</param>
/// <param name="values">What it says.</param>
internal sealed class TargetPart(StateNode node, IReadOnlyDictionary<string, object?> values) : StatePart(node, values)
{
    /// <summary>The target's id.</summary>
    public string Id => Get<string>() ?? "";

    /// <summary>Whether it is to get records; null: one that is there stays as it is, and a new one gets them.</summary>
    public bool? Enabled => Get<bool?>();

    /// <summary>The target as it is given.</summary>
    public GivenTarget Given => new(Value);
}
