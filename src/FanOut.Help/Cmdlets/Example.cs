using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>An example.</summary>
/// <param name="Code">The command.</param>
/// <param name="Remarks">What the command does.</param>
internal sealed record Example(string Code, IReadOnlyList<Block> Remarks);
