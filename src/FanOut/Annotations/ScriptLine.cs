namespace FanOut.Annotations;

/// <summary>Where in a script a cmdlet was called.</summary>
/// <param name="File">The script's absolute path.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record ScriptLine(string File, int Line, int Column);
