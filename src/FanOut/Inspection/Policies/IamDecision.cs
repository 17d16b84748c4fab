namespace FanOut.Inspection.Policies;

/// <summary>What policies say to a request.</summary>
internal enum IamDecision
{
    /// <summary>They allow it.</summary>
    Allowed,

    /// <summary>No statement allows it.</summary>
    NotAllowed,

    /// <summary>A statement denies it, whatever others allow.</summary>
    Denied,

    /// <summary>That depends on something that is not known here.</summary>
    Unknown,
}
