using System.Globalization;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Local.Transfers;

namespace FanOut.Local.Checks;

/// <summary>Sends one record to one target, for a short time, and remembers what the target answers to each call.</summary>
/// <param name="targets">Where the target comes from.</param>
/// <param name="time">The clock.</param>
internal sealed class SendTrial(ITargetSource targets, TimeProvider time) : ITargetSource
{
    /// <summary>How long it goes on: 15 seconds. Who waits at a console is to be told; what a target takes only after longer, it takes of the function.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly object _gate = new();
    private readonly List<TrialCall> _refused = [];
    private CancellationTokenSource? _enough;
    private long _started;

    /// <summary>How it stands, for a progress bar.</summary>
    public string Status
    {
        get
        {
            lock (_gate)
            {
                string answers = _refused is [.., var last] ? string.Create(CultureInfo.InvariantCulture, $"not taken {_refused.Count} times, last {last.Failure.Code}") : "no answer yet";
                return string.Create(CultureInfo.InvariantCulture, $"{answers}; {Math.Max(0, Math.Ceiling((Patience - time.GetElapsedTime(_started)).TotalSeconds)):0} s left");
            }
        }
    }

    /// <summary>Sends it.</summary>
    /// <param name="mapping">The target's mapping.</param>
    /// <param name="json">An event with the record.</param>
    /// <param name="cancellationToken">Ends the wait; whether the target has it is not known then.</param>
    public async Task<Trial> OfAsync(Mapping mapping, byte[] json, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        (_enough, _started) = (enough, time.GetTimestamp());
        try
        {
            // With a dead letter, which there is none of here, a target that is out of reach is not waited for.
            Mapping impatient = mapping with { OnFailure = OnFailure.DeadLetter };
            DispatchResult result = await new LocalEngine(this, time, new Random()).SendAsync(json, [impatient], either.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
            {
                return new Trial(ReadOutcomes.Of(result.Groups[0])[mapping.Id][0], [.. _refused]);
            }
        }
        finally
        {
            lock (_gate)
            {
                _enough = null;
            }
        }
    }

    /// <inheritdoc/>
    public ActiveTarget TargetOf(Mapping mapping)
    {
        ActiveTarget target = targets.TargetOf(mapping);
        return target with { Target = new WatchedTarget(target.Target, Note) };
    }

    /// <inheritdoc/>
    public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => targets.KeepOnlyAsync(sourceArn, mappings);

    private void Note(Engine.Batching.Failure failure, bool isTrusted)
    {
        lock (_gate)
        {
            TimeSpan after = time.GetElapsedTime(_started);
            _refused.Add(new TrialCall(after, failure, isTrusted));
            if (!isTrusted || failure.RetryAfter > Patience - after)
            {
                // Nothing else would come of waiting.
                _enough?.Cancel();
            }
        }
    }
}
