namespace FanOut.Aws.Lambda;

/// <summary>Where Lambda tells of records that it gave up.</summary>
public sealed class DestinationConfig
{
    /// <summary>The destination of what was given up.</summary>
    public OnFailureDestination? OnFailure { get; set; }
}
