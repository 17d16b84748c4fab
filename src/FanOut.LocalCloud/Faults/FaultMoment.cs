namespace FanOut.LocalCloud.Faults;

/// <summary>Whether a call goes wrong before or after it had its effect.</summary>
public enum FaultMoment
{
    /// <summary>The service never sees the call (or the item): it has no effect.</summary>
    Before,

    /// <summary>The call has its effect, then the answer goes wrong: the caller cannot know which of the two it was.</summary>
    After,
}
