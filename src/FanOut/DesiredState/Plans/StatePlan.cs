using FanOut.Deployment;

namespace FanOut.DesiredState.Plans;

/// <summary>What is to be done to reach a desired state.</summary>
/// <param name="State">The state.</param>
/// <param name="Function">How the function is published; null: its settings are left alone.</param>
/// <param name="Sources">The sources, those to be disconnected last.</param>
/// <param name="Targets">The targets, those to be removed last.</param>
/// <param name="Table">The table of mappings.</param>
internal sealed record StatePlan(WantedState State, Publication? Function, IReadOnlyList<ConnectionPlan> Sources, IReadOnlyList<TargetPlan> Targets, string Table);
