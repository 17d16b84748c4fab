namespace FanOut.Destinations;

/// <summary>What a name stands for.</summary>
/// <param name="Destination">The destination, as the table has it.</param>
/// <param name="MaxItemBytes">The resource's own limit for one item, where it tells.</param>
internal sealed record FoundDestination(string Destination, int? MaxItemBytes = null);
