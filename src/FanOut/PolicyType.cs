namespace FanOut;

/// <summary>What a policy is for.</summary>
public enum PolicyType
{
    /// <summary>What the function's own role is allowed.</summary>
    ExecutionRole,

    /// <summary>What a role is allowed that the function assumes to send to targets, often in another account.</summary>
    TargetRole,

    /// <summary>Who may assume a role.</summary>
    Trust,
}
