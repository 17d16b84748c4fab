using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Progress.Play;

/// <summary>The targets as one execution environment knows them: circuits are its own.</summary>
internal sealed class EnvironmentTargets(IReadOnlyDictionary<string, TroubledTarget> targets, TimeProvider time) : ITargetSource
{
    private readonly Dictionary<string, ActiveTarget> _targets = targets.ToDictionary(t => t.Key, t => new ActiveTarget(t.Value, new Circuit(time)));

    public ActiveTarget TargetOf(Mapping mapping) => _targets[mapping.Id];

    public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;
}
