using FanOut.Aws.Lambda;

namespace FanOut.Sources;

/// <summary>The plan of connecting a source.</summary>
/// <param name="SourceArn">The source without a consumer.</param>
/// <param name="Existing">The event source mappings of that source, which get the new settings; empty: one is made.</param>
/// <param name="Plan">How event source mappings and function come to agree on ReportBatchItemFailures.</param>
internal sealed record Connection(string SourceArn, IReadOnlyList<EventSourceMappingConfiguration> Existing, ReportingPlan Plan)
{
    /// <summary>What is not as it was given, and will be changed.</summary>
    public IReadOnlyList<ConnectionDifference> Differences { get; init; } = [];

    /// <summary>What is not as it was given, and cannot be changed of an event source mapping that is there.</summary>
    public IReadOnlyList<string> LastingDifferences { get; init; } = [];

    /// <summary>Whether nothing is to be done.</summary>
    public bool IsUnchanged => Existing.Count > 0 && Differences.Count == 0 && Plan.Upgrade.Count == 0 && !Plan.SetVariable;

    /// <summary>The change, for -WhatIf and -Confirm.</summary>
    public string Action => string.Join(
        "; ",
        new[]
        {
            Existing.Count == 0 ? "Connect" : Differences.Count == 0 ? "" : $"Change the event source mapping {string.Join(", ", Existing.Select(static m => m.UUID))}: {string.Join("; ", Differences)}",
            Plan.Upgrade.Count > 0 ? $"turn on ReportBatchItemFailures for {string.Join(", ", Plan.Upgrade.Select(static m => m.EventSourceArn))}" : "",
            Plan.SetVariable ? $"set {FunctionVariables.BatchItemFailures}=true in the function's environment" : "",
        }.Where(static s => s.Length > 0));
}
