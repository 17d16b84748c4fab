namespace FanOut.Inspection.Policies;

/// <summary>Whether something holds, where not everything is known.</summary>
internal enum Truth
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>That cannot be told.</summary>
    Unknown,

    /// <summary>It does.</summary>
    Yes,
}
