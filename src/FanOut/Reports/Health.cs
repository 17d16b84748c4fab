namespace FanOut.Reports;

/// <summary>How a source, a function or a target is.</summary>
internal enum Health
{
    /// <summary>It works.</summary>
    Good,

    /// <summary>It rests: disabled, or nothing came.</summary>
    Idle,

    /// <summary>Something should be looked at: it failed before, or is suspended.</summary>
    Warning,

    /// <summary>Records do not arrive.</summary>
    Bad,
}
