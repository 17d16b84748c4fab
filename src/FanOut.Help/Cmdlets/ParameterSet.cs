namespace FanOut.Help.Cmdlets;

/// <summary>A parameter set: one way to call a cmdlet.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Uses">Its parameters, in the order of the syntax.</param>
internal sealed record ParameterSet(string Name, IReadOnlyList<ParameterUse> Uses);
