using FanOut.Engine;
using FanOut.Engine.Delivery;

namespace FanOut.EndToEnd.Chaos;

/// <summary>
/// Plays an event source mapping: sends a batch again, where failures are reported from the first failed record on, in order and each time to the next
/// environment.
/// </summary>
/// <param name="records">The records.</param>
/// <param name="environments">The execution environments that take turns.</param>
/// <param name="left">The time of one invocation.</param>
/// <param name="cuts">How it is cut.</param>
internal sealed class EventSource(ChaosRecords records, IReadOnlyList<ExecutionEnvironment> environments, TimeSpan left, Cuts cuts = Cuts.Defaults)
{
    private const int MostDeliveries = 60;

    private readonly HashSet<string> _uncertain = [];
    private string _last = "";

    /// <summary>Invocations so far.</summary>
    public int Deliveries { get; private set; }

    /// <summary>Calls to targets so far.</summary>
    public int Calls { get; private set; }

    /// <summary>What the invocations said that explains duplicates and order that is not kept: progress that was not read or noted.</summary>
    public List<string> ProgressProblems { get; } = [];

    /// <summary>Sends a batch until nothing of it is reported as failed.</summary>
    /// <param name="numbers">The batch.</param>
    /// <param name="beforeEach">Called with the number of the delivery, from 1, before each.</param>
    public async Task DeliverAsync(IReadOnlyList<int> numbers, Action<int> beforeEach)
    {
        var pieces = new Stack<int[]>();
        pieces.Push([.. numbers]);
        while (pieces.TryPop(out int[]? piece))
        {
            Assert.True(Deliveries < MostDeliveries, $"After {Deliveries} deliveries {piece.Length} records are still reported as failed: {_last}");
            beforeEach(++Deliveries);
            GroupResult result = await environments[Deliveries % environments.Count].InvokeAsync(records.Event(piece), left);
            Note(result);
            if (result.Failed.Count > 0)
            {
                Cut(piece, environments[0].ReportsItems ? result.Failed[0] : 0, pieces);
            }
        }
    }

    /// <summary>Whether a mapping's outcome said that a call, or a dead letter, was cut off by the end of the time: it may have been taken.</summary>
    public bool IsUncertain(string mapping) => _uncertain.Contains(mapping);

    private void Cut(int[] piece, int checkpoint, Stack<int[]> pieces)
    {
        int[] rest = piece[checkpoint..];
        int half = rest.Length > 1 && (checkpoint == 0 || cuts == Cuts.Halves) ? rest.Length / 2 : 0;
        pieces.Push(rest[half..]);
        if (half > 0)
        {
            pieces.Push(rest[..half]);
        }
    }

    private void Note(GroupResult result)
    {
        if (result.ProgressProblem is { } problem)
        {
            ProgressProblems.Add(problem);
        }

        Calls += result.Outcomes.Sum(static o => o.Calls);
        _last = $"{result.Unavailable?.Message} " + string.Join("; ", result.Outcomes.SelectMany(static o => o.Failures, static (o, f) => $"{o.Mapping.Id}: {f.Value.Count} {f.Key.Class} {f.Key.Code} {f.Value.Reason}"));
        foreach (Outcome outcome in result.Outcomes.Where(static o => o.Failures.Keys.Any(static k => k.Code is Classify.NoAnswer or "DeadLetter")))
        {
            _uncertain.Add(outcome.Mapping.Id);
        }
    }
}
