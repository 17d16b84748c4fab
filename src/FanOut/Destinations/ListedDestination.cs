namespace FanOut.Destinations;

/// <summary>What a target could send to.</summary>
/// <param name="Name">Its name, which a look-up finds.</param>
/// <param name="Full">The destination in full: ARN, URL, <c>endpoint#</c>, <c>host:port</c>; null: it is not known without a look-up, or not yet.</param>
/// <param name="Note">What it is.</param>
internal sealed record ListedDestination(string Name, string? Full, string Note);
