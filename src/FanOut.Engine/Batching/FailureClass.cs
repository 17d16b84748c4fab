namespace FanOut.Engine.Batching;

/// <summary>Why something was not delivered: used alike by the engine, its logs, its metrics and docs/delivery.md.</summary>
public enum FailureClass
{
    /// <summary>The record cannot be read, or is not JSON where the target needs JSON.</summary>
    Undecodable,

    /// <summary>The record is larger than the target takes.</summary>
    Oversize,

    /// <summary>The target rejected the item for good; sending it again is useless.</summary>
    PermanentItem,

    /// <summary>The target refused the item for now (throttled, busy, out of reach): it is sent again until the time is up.</summary>
    Refused,

    /// <summary>The target refused, and nothing tells whether for now, for an item's sake or for good: an error (4xx) that nobody documents.</summary>
    Unknown,

    /// <summary>The target itself is out of reach for good: denied, missing, disabled.</summary>
    PermanentTarget,

    /// <summary>There was no answer, or none that can be trusted: the target may have taken the item.</summary>
    Ambiguous,

    /// <summary>Not sent before the invocation's time was up.</summary>
    OutOfTime,

    /// <summary>The mapping is invalid.</summary>
    Configuration,
}
