using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>The parameters that say how a source is connected; null: not given.</summary>
internal interface IConnectionParameters
{
    /// <summary>Where reading begins.</summary>
    StreamPosition? StartingPosition { get; }

    /// <summary>The time where reading begins.</summary>
    DateTime? StartingPositionTimestamp { get; }

    /// <summary>Records that the function gets at a time at most.</summary>
    int? BatchSize { get; }

    /// <summary>How long to wait for a full batch.</summary>
    TimeSpan? BatchingWindow { get; }

    /// <summary>Batches of a shard that are processed at the same time.</summary>
    int? ParallelizationFactor { get; }

    /// <summary>ARN of what is told of records that were dropped.</summary>
    string? OnFailureDestination { get; }

    /// <summary>How often a batch, or a message, is sent again.</summary>
    int? MaximumRetryAttempts { get; }

    /// <summary>The age at which records are dropped.</summary>
    TimeSpan? MaximumRecordAge { get; }

    /// <summary>Whether the source is connected without being read.</summary>
    SwitchParameter Suspended { get; }
}
