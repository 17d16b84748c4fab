namespace FanOut.Engine.Delivery;

/// <summary>What is done about items that a call, or the state of its target, did not let through.</summary>
internal enum NextStep
{
    /// <summary>They are sent again after a pause.</summary>
    SendAgain,

    /// <summary>They wait until the target, which was found out of reach, is tried again.</summary>
    WaitForTarget,

    /// <summary>They are sent in two halves, to find the item that is to blame.</summary>
    Halve,

    /// <summary>The item has failed; the target gets the others.</summary>
    Reject,

    /// <summary>Nobody knows why they were refused: which of them are refused by themselves is found out.</summary>
    Doubt,

    /// <summary>Their calls fail again and again, and may have had an effect: whether it is the target's doing or an item's is found out with one item.</summary>
    Isolate,

    /// <summary>They wait until all the others of their block were tried, too.</summary>
    SetAside,

    /// <summary>They have failed, and so has all that is left for this target.</summary>
    EndTarget,

    /// <summary>They have failed, because time is up.</summary>
    GiveUp,
}
