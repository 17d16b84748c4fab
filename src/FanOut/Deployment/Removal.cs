namespace FanOut.Deployment;

/// <summary>The plan of a removal.</summary>
/// <param name="Changes">The changes, in this order; empty: nothing exists.</param>
/// <param name="Left">What stays, as the warning names it.</param>
internal sealed record Removal(IReadOnlyList<Change> Changes, IReadOnlyList<string> Left);
