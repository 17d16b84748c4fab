namespace FanOut.Operations;

/// <summary>What the function has told of a marked record at one target.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="State">delivered, filtered, deadLettered or failed.</param>
/// <param name="Why">Why it was not delivered: class, code and reason; null: it was, or the filter left it out.</param>
internal sealed record MarkedTarget(string Id, string State, string? Why);
