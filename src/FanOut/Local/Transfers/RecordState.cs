namespace FanOut.Local.Transfers;

/// <summary>How a record ended at a target.</summary>
internal enum RecordState
{
    /// <summary>The target has all of it.</summary>
    Delivered,

    /// <summary>The mapping's filter left it out, or it holds nothing to send.</summary>
    Filtered,

    /// <summary>The target lacks something of it.</summary>
    Failed,
}
