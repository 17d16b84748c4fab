namespace FanOut;

/// <summary>A statement of a policy, always an allowance.</summary>
public sealed class FanOutPolicyStatement
{
    /// <summary>Its id.</summary>
    public required string Sid { get; init; }

    /// <summary>Who is allowed, in a policy that says who may assume a role.</summary>
    public string? Principal { get; init; }

    /// <summary>What is allowed.</summary>
    public string[] Action { get; init; } = [];

    /// <summary>On what; none in a policy that says who may assume a role.</summary>
    public string[] Resource { get; init; } = [];

    /// <summary>What else must hold, in a line; none: nothing.</summary>
    public string? Condition { get; init; }

    /// <summary>The statement in a line.</summary>
    public override string ToString() => $"{Sid}: {string.Join(", ", Action)}"
        + (Principal is null ? "" : $" by {Principal}") + (Resource.Length == 0 ? "" : $" on {string.Join(", ", Resource)}") + (Condition is null ? "" : $" if {Condition}");
}
