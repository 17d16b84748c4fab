using System.Collections;
using FanOut.DesiredState.Files;
using FanOut.Parameters;

namespace FanOut.DesiredState.Sections;

/// <summary>The function of a desired state: parameters of Publish-FanOutFunction. What is left out stays as it is.</summary>
/// <param name="node">Where it stands.</param>
/// <param name="values">What it says.</param>
internal sealed class FunctionPart(StateNode node, IReadOnlyDictionary<string, object?> values) : StatePart(node, values), IFunctionParameters
{
    /// <summary>The function's name or ARN.</summary>
    public string? FunctionName => Get<string>();

    /// <summary>Its table of mappings.</summary>
    public string? TableName => Get<string>();

    /// <summary>The alias through which the sources call it.</summary>
    public string? Alias => Get<string>();

    /// <inheritdoc/>
    public string? Role => Get<string>();

    /// <inheritdoc/>
    public string[]? Subnet => Get<string[]>();

    /// <inheritdoc/>
    public string[]? SecurityGroup => Get<string[]>();

    /// <inheritdoc/>
    public int? MemorySize => Get<int?>();

    /// <inheritdoc/>
    public TimeSpan? Timeout => Get<TimeSpan?>();

    /// <inheritdoc/>
    public string? Architecture => Get<string>();

    /// <inheritdoc/>
    public string? Runtime => Get<string>();

    /// <inheritdoc/>
    public IDictionary? Environment => Get<IDictionary>();

    /// <inheritdoc/>
    public IDictionary? Tag => Get<IDictionary>();

    /// <inheritdoc/>
    public string? KmsKeyArn => Get<string>();

    /// <inheritdoc/>
    public string[]? ResourceKmsKeyArn => Get<string[]>();

    /// <inheritdoc/>
    public int? LogRetentionDays => Get<int?>();

    /// <inheritdoc/>
    public string? Metrics => Get<string>();

    /// <inheritdoc/>
    public int? ReservedConcurrency => Get<int?>();
}
