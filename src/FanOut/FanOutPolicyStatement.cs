namespace FanOut;

/// <summary>A statement of a policy; its effect is always Allow.</summary>
public sealed class FanOutPolicyStatement
{
    /// <summary>Its id.</summary>
    public required string Sid { get; init; }

    /// <summary>Who is allowed; null except in trust policies.</summary>
    public string? Principal { get; init; }

    /// <summary>The actions that are allowed.</summary>
    public string[] Action { get; init; } = [];

    /// <summary>The resources; empty in trust policies.</summary>
    public string[] Resource { get; init; } = [];

    /// <summary>The condition, on one line; null: none.</summary>
    public string? Condition { get; init; }

    /// <summary>The statement on one line.</summary>
    public override string ToString() => $"{Sid}: {string.Join(", ", Action)}"
        + (Principal is null ? "" : $" by {Principal}") + (Resource.Length == 0 ? "" : $" on {string.Join(", ", Resource)}") + (Condition is null ? "" : $" if {Condition}");
}
