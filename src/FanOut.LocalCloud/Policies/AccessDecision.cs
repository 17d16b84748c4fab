namespace FanOut.LocalCloud.Policies;

/// <summary>The decision of a role's policies about a request.</summary>
public enum AccessDecision
{
    /// <summary>No statement allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement allows it, and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it, whatever others allow.</summary>
    ExplicitDeny,
}
