namespace FanOut.Destinations;

/// <summary>The dead letter that a look-up found.</summary>
/// <param name="Destination">The destination, as the table has it.</param>
/// <param name="Warning">Why what cannot be delivered will not arrive there; null: nothing speaks against it.</param>
internal sealed record FoundDeadLetter(string Destination, string? Warning = null);
