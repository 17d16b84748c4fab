namespace FanOut;

/// <summary>Which way Test-FanOutTarget sends a record.</summary>
public enum TestRoute
{
    /// <summary>From this process to the target alone.</summary>
    Here,

    /// <summary>Into the source, from which the function brings it to all its enabled targets.</summary>
    Source,
}
