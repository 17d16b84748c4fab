namespace FanOut.DesiredState.Files;

/// <summary>What is wrong in a desired state, and where.</summary>
/// <param name="Line">The line of the file, from 1; null: not known.</param>
/// <param name="Path">The place in the whole, such as <c>Targets[2].Type</c>; empty for the whole itself.</param>
/// <param name="Problem">A sentence that says what is wrong and what is allowed; never a secret.</param>
internal sealed record StateFault(int? Line, string Path, string Problem)
{
    /// <summary>The fault in a line.</summary>
    public override string ToString() => $"{string.Join(", ", new[] { Line is { } line ? $"line {line}" : "", Path }.Where(static p => p.Length > 0))}: {Problem}".TrimStart(':', ' ');
}
