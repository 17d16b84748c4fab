namespace FanOut.Deployment;

/// <summary>The plan of a publication.</summary>
/// <param name="Changes">The changes, in this order; empty: everything is as wanted.</param>
/// <param name="Table">The table's name or ARN.</param>
internal sealed record Publication(IReadOnlyList<Change> Changes, string Table);
