namespace FanOut.EndToEnd.Chaos;

/// <summary>What goes wrong at a target.</summary>
internal enum Trouble
{
    /// <summary>Items of a call are refused for now; the others are taken.</summary>
    ItemsRefused,

    /// <summary>Whatever holds one certain record is refused for good.</summary>
    Poison,

    /// <summary>Calls are refused with an error that nobody documents.</summary>
    Undocumented,

    /// <summary>Whatever holds one certain record is refused with an error that nobody documents.</summary>
    UndocumentedPoison,

    /// <summary>Calls are refused as throttled.</summary>
    Throttled,

    /// <summary>Calls are answered with a fault of the service, without effect.</summary>
    ServerError,

    /// <summary>Calls are answered with a fault of the service, and have had their effect.</summary>
    ServerErrorAfterEffect,

    /// <summary>Calls have their effect, and their answer does not come in time.</summary>
    Timeout,

    /// <summary>The connection breaks before the call has an effect.</summary>
    Reset,

    /// <summary>The connection breaks after the call had its effect.</summary>
    ResetAfterEffect,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    ResetInAnswer,

    /// <summary>The answer is no answer, and nothing was taken.</summary>
    Malformed,

    /// <summary>The answer is no answer, and everything was taken.</summary>
    MalformedAfterEffect,

    /// <summary>Nothing happens at all.</summary>
    Hang,

    /// <summary>The target is not there.</summary>
    Deleted,

    /// <summary>The function may not send to it.</summary>
    Denied,
}
