using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>An example.</summary>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What comes of it.</param>
internal sealed record Example(string Code, IReadOnlyList<Block> Remarks);
