namespace FanOut.EndToEnd.Engine;

/// <summary>The tests that direct the engine's clients by environment variables, which the whole process shares: one at a time, alone.</summary>
[CollectionDefinition(nameof(EndpointsCollection), DisableParallelization = true)]
public sealed class EndpointsCollection;
