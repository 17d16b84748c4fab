namespace FanOut.Deployment;

/// <summary>What publishing will do, in this order.</summary>
/// <param name="Changes">The changing calls; none: all is as it was asked for.</param>
/// <param name="Table">The table's name or ARN.</param>
internal sealed record Publication(IReadOnlyList<Change> Changes, string Table);
