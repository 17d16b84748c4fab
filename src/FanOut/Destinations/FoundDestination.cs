namespace FanOut.Destinations;

/// <summary>The destination that a look-up found.</summary>
/// <param name="Destination">The destination, as the table has it.</param>
/// <param name="MaxItemBytes">The resource's own limit for one item, if it tells one; else null.</param>
internal sealed record FoundDestination(string Destination, int? MaxItemBytes = null);
