namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Ends the reading of a text that is not a valid pattern.</summary>
/// <param name="path">Where: <c>data.price[0]</c>; empty: the pattern as a whole.</param>
/// <param name="fault">What is wrong there, and what is allowed.</param>
internal sealed class InvalidPatternException(string path, string fault) : Exception(path.Length == 0 ? fault : $"at {path} {fault}");
