namespace FanOut.Aws.Lambda;

/// <summary>Where Lambda reports the records that it dropped.</summary>
public sealed class DestinationConfig
{
    /// <summary>The destination of these reports.</summary>
    public OnFailureDestination? OnFailure { get; set; }
}
