namespace FanOut.Tests.Progress.Play;

/// <summary>What is wrong with a target.</summary>
internal enum Trouble
{
    None,

    /// <summary>It may not be called.</summary>
    Denied,

    /// <summary>Calls are refused for now.</summary>
    Throttled,

    /// <summary>Items of a call are refused for now.</summary>
    ItemsRefused,

    /// <summary>Some records are rejected, whenever they come.</summary>
    ItemsRejected,

    /// <summary>Calls fail without an effect.</summary>
    ServerError,

    /// <summary>Calls fail, and have had their effect: the one reason for duplicates.</summary>
    ServerErrorAfterEffect,
}
