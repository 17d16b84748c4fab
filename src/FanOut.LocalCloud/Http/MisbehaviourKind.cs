namespace FanOut.LocalCloud.Http;

/// <summary>How sending an answer can go wrong.</summary>
public enum MisbehaviourKind
{
    /// <summary>Close without an answer.</summary>
    CloseBeforeAnswer,

    /// <summary>Close after half of the answer.</summary>
    CloseInTheMiddle,

    /// <summary>Answer in small pieces with pauses.</summary>
    Drip,

    /// <summary>Never answer.</summary>
    Hang,
}
