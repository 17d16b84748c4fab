namespace FanOut.EndToEnd.Chaos;

/// <summary>All cases on one cloud, many at a time, each played once; tests ask for what became of theirs.</summary>
public sealed class Matrix : IAsyncDisposable
{
    private const int AtATime = 24;

    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly ChaosCloud _cloud = new();
    private readonly Lazy<Dictionary<string, Task<ChaosFigures>>> _runs;

    /// <summary>Makes the cloud; the first test that asks starts all cases.</summary>
    public Matrix() => _runs = new(() => ChaosCase.All.Select((c, i) => (c, Run: Task.Run(() => RunAsync(c, i)))).ToDictionary(static r => r.c.ToString(), static r => r.Run));

    internal Task<ChaosFigures> Of(string chaos) => _runs.Value[chaos];

    internal async Task<ChaosFigures> SumAsync()
    {
        var sum = new ChaosFigures();
        await EndAsync();
        foreach (Task<ChaosFigures> run in _runs.Value.Values.Where(static r => r.IsCompletedSuccessfully))
        {
            ChaosFigures one = await run;
            sum = new ChaosFigures
            {
                Records = sum.Records + one.Records,
                Deliveries = sum.Deliveries + one.Deliveries,
                Calls = sum.Calls + one.Calls,
                Healthy = sum.Healthy + one.Healthy,
                Failing = sum.Failing + one.Failing,
                DeadLettered = sum.DeadLettered + one.DeadLettered,
                Duplicates = sum.Duplicates + one.Duplicates,
                HealthyDuplicates = sum.HealthyDuplicates + one.HealthyDuplicates,
                ProgressProblems = sum.ProgressProblems + one.ProgressProblems,
                Lost = sum.Lost + one.Lost,
            };
        }

        return sum;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runs.IsValueCreated)
        {
            await EndAsync();
        }

        await _cloud.DisposeAsync();
        _places.Dispose();
    }

    private Task EndAsync() => Task.WhenAll(_runs.Value.Values).ContinueWith(static _ => { }, TaskScheduler.Default);

    private async Task<ChaosFigures> RunAsync(ChaosCase chaos, int number)
    {
        await _places.WaitAsync();
        try
        {
            return await new ChaosRun(_cloud, chaos, number).RunAsync();
        }
        finally
        {
            _places.Release();
        }
    }
}
