namespace FanOut.Aws.Lambda;

/// <summary>Where Lambda reports what became of records and events.</summary>
public sealed class DestinationConfig
{
    /// <summary>Where it reports those that it dropped.</summary>
    public OnFailureDestination? OnFailure { get; set; }

    /// <summary>Asynchronous invocations only: where it reports those that succeeded.</summary>
    public OnSuccessDestination? OnSuccess { get; set; }
}
