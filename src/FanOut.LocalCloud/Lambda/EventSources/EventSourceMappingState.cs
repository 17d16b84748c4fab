namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>The states of an event source mapping, named as in Lambda's API.</summary>
public enum EventSourceMappingState
{
    /// <summary>It was created and does not read yet.</summary>
    Creating,

    /// <summary>It is about to read again.</summary>
    Enabling,

    /// <summary>It reads and invokes.</summary>
    Enabled,

    /// <summary>It waits for the invocations in progress, and will read no more.</summary>
    Disabling,

    /// <summary>It does not read; its checkpoints are kept.</summary>
    Disabled,

    /// <summary>Its settings are being replaced.</summary>
    Updating,

    /// <summary>It is being deleted.</summary>
    Deleting,
}
