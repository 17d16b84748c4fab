namespace FanOut.Inspection.Policies;

/// <summary>What policies say to a request, and why.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Because">What decided it, or what is not known: "the statement NoSending of the policy guard denies it"; null: nothing needs to be said.</param>
/// <param name="IsDirect">Of a resource's policy: whether it allows the role itself, so that the role's own policies need not.</param>
internal sealed record IamAnswer(IamDecision Decision, string? Because = null, bool IsDirect = false);
