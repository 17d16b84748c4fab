using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>A topic that is to be connected, and what that takes.</summary>
/// <param name="Function">The function, or the alias that is subscribed.</param>
/// <param name="Settings">The wanted settings.</param>
/// <param name="Connect">Carries the plan out.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Patience">How long to wait for each change.</param>
internal sealed record PlannedTopic(FunctionDestination Function, TopicSettings Settings, ConnectTopic Connect, TopicPlan Plan, TimeSpan Patience);
