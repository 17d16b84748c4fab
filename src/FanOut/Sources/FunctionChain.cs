using FanOut.Aws.Lambda;
using FanOut.Registry;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>A function with all that is connected with it, as it was read.</summary>
/// <param name="Function">The function and its table.</param>
/// <param name="Targets">The rows of the table; null: it could not be read.</param>
/// <param name="Topics">The topics that it may be connected with; null: that could not be read.</param>
/// <param name="EventSourceMappings">Its event source mappings.</param>
internal sealed record FunctionChain(
    ReadSources Function, IReadOnlyList<TargetRow>? Targets, IReadOnlyList<TopicConnection>? Topics, IReadOnlyList<EventSourceMappingConfiguration> EventSourceMappings);
