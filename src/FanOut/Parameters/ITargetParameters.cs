namespace FanOut.Parameters;

/// <summary>The parameters that a piped target binds to where only its permissions matter; null: not given.</summary>
internal interface ITargetParameters
{
    /// <summary>The mapping's name.</summary>
    string? Id { get; }

    /// <summary>The kind of target.</summary>
    string? Type { get; }

    /// <summary>The destination, in full.</summary>
    string? Destination { get; }

    /// <summary>The region of the destination.</summary>
    string? DestinationRegion { get; }

    /// <summary>The role that is assumed for sending.</summary>
    string? DestinationRoleArn { get; }

    /// <summary>The external id that is handed over when that role is assumed.</summary>
    string? ExternalId { get; }

    /// <summary>Where records go that the target does not take.</summary>
    string? DeadLetter { get; }

    /// <summary>What happens to records that the target does not take.</summary>
    string? OnFailure { get; }
}
