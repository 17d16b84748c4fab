using System.Management.Automation;
using FanOut.DesiredState.Files;
using FanOut.Parameters;

namespace FanOut.DesiredState.Sections;

/// <summary>A source of a desired state: parameters of Connect-FanOutSource. What is left out has Connect-FanOutSource's default.</summary>
/// <param name="node">Where it stands.</param>
/// <param name="values">What it says.</param>
internal sealed class SourcePart(StateNode node, IReadOnlyDictionary<string, object?> values) : StatePart(node, values), IConnectionParameters
{
    /// <summary>Whether the source is to rest; null: one that is there stays as it is, and a new one is read.</summary>
    public bool? Suspended => Get<bool?>();

    /// <inheritdoc/>
    public StreamPosition? StartingPosition => Get<StreamPosition?>();

    /// <inheritdoc/>
    public DateTime? StartingPositionTimestamp => Get<DateTime?>();

    /// <inheritdoc/>
    public int? BatchSize => Get<int?>();

    /// <inheritdoc/>
    public TimeSpan? BatchingWindow => Get<TimeSpan?>();

    /// <inheritdoc/>
    public int? ParallelizationFactor => Get<int?>();

    /// <inheritdoc/>
    public string? OnFailureDestination => Get<string>();

    /// <inheritdoc/>
    public int? MaximumRetryAttempts => Get<int?>();

    /// <inheritdoc/>
    public TimeSpan? MaximumRecordAge => Get<TimeSpan?>();

    /// <inheritdoc/>
    SwitchParameter IConnectionParameters.Suspended => Suspended == true;
}
