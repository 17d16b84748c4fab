using System.Runtime.CompilerServices;
using FanOut.DesiredState.Files;

namespace FanOut.DesiredState.Sections;

/// <summary>A part of a desired state whose names are parameters of a cmdlet: the function, a source or a target.</summary>
/// <param name="node">Where it stands.</param>
/// <param name="values">What it says, by the names of the parameters, as these take it; what it leaves out is not among them.</param>
internal abstract class StatePart(StateNode node, IReadOnlyDictionary<string, object?> values)
{
    /// <summary>Where it stands.</summary>
    public StateNode Node => node;

    /// <summary>The place of a value; the section's own where it is left out.</summary>
    public StateNode At(string parameter) => node.Members?.FirstOrDefault(m => m.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase)).Value ?? node;

    /// <summary>Whether a value is there; an empty text is none.</summary>
    public bool Has(string parameter) => values.GetValueOrDefault(parameter) is not (null or "");

    /// <summary>A value; null: it is left out.</summary>
    public object? Value(string parameter) => values.GetValueOrDefault(parameter);

    /// <summary>A value of a type, by the name of the property that asks for it.</summary>
    protected T? Get<T>([CallerMemberName] string parameter = "") => values.GetValueOrDefault(parameter) is T value ? value : default;
}
