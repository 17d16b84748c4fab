namespace FanOut.Deployment;

/// <summary>What removing will do, in this order.</summary>
/// <param name="Changes">The changing calls; none: nothing is there.</param>
/// <param name="Left">What stays, for people.</param>
internal sealed record Removal(IReadOnlyList<Change> Changes, IReadOnlyList<string> Left);
