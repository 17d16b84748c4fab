using System.Collections.Concurrent;

namespace FanOut.Pester;

/// <summary>One run per version of Pester, in which all tests look.</summary>
public sealed class PesterRuns
{
    private readonly ConcurrentDictionary<string, Lazy<Task<PesterRun>>> _runs = new();

    /// <summary>The run with a version; the first that asks starts it.</summary>
    /// <param name="version">The version of Pester.</param>
    public Task<PesterRun> GetAsync(string version) =>
        _runs.GetOrAdd(version, static v => new(() => PesterRun.StartAsync(v, CancellationToken.None))).Value;
}
