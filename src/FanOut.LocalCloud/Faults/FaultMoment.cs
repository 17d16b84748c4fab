namespace FanOut.LocalCloud.Faults;

/// <summary>Whether a call that goes wrong had its effect.</summary>
public enum FaultMoment
{
    /// <summary>The service never sees the call (or the item): nothing is taken.</summary>
    Before,

    /// <summary>The service takes the records, then the answer goes wrong: the caller cannot know.</summary>
    After,
}
