using System.Globalization;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using Polly;
using Polly.CircuitBreaker;

namespace FanOut.Engine.Delivery;

/// <summary>Keeps calls from a target that is out of reach: denied, missing, refusing connections, not answering.</summary>
/// <remarks>
/// When half of the calls of the last 30 seconds, and at least two, found it so, it is left alone for 10 seconds, then tried with one call;
/// each time that this fails too the pause doubles, up to two minutes. What would have been sent fails at once and goes its mapping's
/// onFailure way.
/// </remarks>
public sealed class Circuit
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<Receipt> _pipeline;
    private readonly TimeProvider _time;
    private Failure? _reason;
    private Failure? _opened;
    private DateTimeOffset _until;

    /// <summary>A closed circuit.</summary>
    /// <param name="time">The clock.</param>
    public Circuit(TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<Receipt> { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions<Receipt>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 2,
            SamplingDuration = Window,
            BreakDurationGenerator = static args => new(Pause(args.HalfOpenAttempts)),
            ShouldHandle = args => new(args.Outcome.Exception is { } e && IsOutOfReach(e)),
            StateProvider = _state,
            OnOpened = args =>
            {
                _until = _time.GetUtcNow() + args.BreakDuration;
                _opened = _reason;
                return default;
            },
        }).Build();
    }

    /// <summary>Whether calls are made as usual.</summary>
    public bool IsClosed => _state.CircuitState == CircuitState.Closed;

    /// <summary>Makes a call, if the target is not to be left alone.</summary>
    /// <exception cref="CircuitOpenException">It is.</exception>
    public async Task<Receipt> CallAsync(Func<Task<Receipt>> call)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static async (c, _) => await c().ConfigureAwait(false), call, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            throw new CircuitOpenException(_reason!, _until);
        }
    }

    /// <summary>Why the circuit opened, told once; <see langword="null"/>: it did not since the last time.</summary>
    public Failure? TakeOpened() => Interlocked.Exchange(ref _opened, null) is not { } reason ? null
        : reason with { Reason = string.Create(CultureInfo.InvariantCulture, $"{reason.Reason} It is not called until {_until:HH:mm:ss}Z.") };

    private static TimeSpan Pause(int halfOpenAttempts) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(halfOpenAttempts, 8)));

    private bool IsOutOfReach(Exception exception)
    {
        Failure failure = Classify.Of(exception);
        if (failure.Class != FailureClass.PermanentTarget && failure.Code is not (Classify.Unreachable or Classify.NoAnswer))
        {
            return false;
        }

        _reason = failure;
        return true;
    }
}
