namespace FanOut.Sources;

/// <summary>A target that did not take the records of a batch, as the function's log has it.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="Reason">Why: the code and a sentence.</param>
internal sealed record FailedTarget(string Id, string Reason);
