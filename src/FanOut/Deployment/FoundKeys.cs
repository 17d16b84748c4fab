namespace FanOut.Deployment;

/// <summary>The keys of AWS KMS that encrypt what a policy names.</summary>
/// <param name="Keys">Their ARNs, sorted.</param>
/// <param name="Warning">Which keys could not be found, and what to do; null: all were found, as far as one may look.</param>
internal sealed record FoundKeys(IReadOnlyList<string> Keys, string? Warning = null);
