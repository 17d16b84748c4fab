namespace FanOut.LocalCloud.Faults;

/// <summary>What a fault does to a call.</summary>
public enum FaultKind
{
    /// <summary>Items of a batch call are answered as failed (<c>ErrorCode</c>, <c>Failed</c>, bulk status 429 …); see <see cref="Fault.Positions"/>.</summary>
    RefuseItems,

    /// <summary>The call is answered as throttled, with the service's own code.</summary>
    Throttle,

    /// <summary>The call is answered with 500 or 503.</summary>
    ServerError,

    /// <summary>The call is answered as not allowed.</summary>
    AccessDenied,

    /// <summary>The call is answered as if the resource did not exist.</summary>
    NotFound,

    /// <summary>The call is answered as if the session token had expired.</summary>
    ExpiredToken,

    /// <summary>The call is answered with <see cref="Fault.Code"/>, <see cref="Fault.Message"/> and <see cref="Fault.Status"/>.</summary>
    Error,

    /// <summary>The answer comes <see cref="Fault.Delay"/> later, by the cloud's clock.</summary>
    Slow,

    /// <summary>No answer comes until the client leaves.</summary>
    Hang,

    /// <summary>The connection is closed without an answer.</summary>
    CloseBeforeAnswer,

    /// <summary>The connection is closed in the middle of the answer.</summary>
    CloseInTheMiddle,

    /// <summary>The answer comes one byte every <see cref="Fault.Delay"/>, by the cloud's clock.</summary>
    Drip,

    /// <summary>The answer has status 200 and a body that is neither JSON nor XML.</summary>
    Malformed,
}
