using FanOut.Engine.Mappings;

namespace FanOut.DesiredState.Plans;

/// <summary>A target that is wanted, checked and with its names looked up.</summary>
/// <param name="Mapping">The target, as far as the state says what it is.</param>
/// <param name="Enabled">Whether it is to get records; null: one that is there stays as it is, and a new one gets them.</param>
/// <param name="SaysHashKey">Whether the state says what its hash key is, or that there is none.</param>
/// <param name="HashKeyOfNew">The hash key of the table whose stream the source is, for a target that is new; null: none is needed, or it is not known.</param>
internal sealed record WantedTarget(Mapping Mapping, bool? Enabled, bool SaysHashKey, string? HashKeyOfNew);
