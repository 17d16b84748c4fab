namespace FanOut.Deployment;

/// <summary>What became of the policy of a function's role.</summary>
/// <param name="IsChanged">Whether it was changed.</param>
/// <param name="Warning">What the function may lack, and the statements to add; null: nothing.</param>
/// <param name="Note">What else there is to say; null: nothing.</param>
internal sealed record PolicyOutcome(bool IsChanged, string? Warning = null, string? Note = null);
