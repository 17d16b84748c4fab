using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>A type that a cmdlet takes from the pipeline or writes to it.</summary>
/// <param name="Name">The type's name, or <c>None</c>.</param>
/// <param name="Text">Its description.</param>
internal sealed record PipedType(string Name, IReadOnlyList<Block> Text);
