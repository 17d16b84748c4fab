using System.Globalization;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Remembers from batch to batch that a target is out of reach, so that it is left alone for a while.</summary>
/// <remarks>
/// <code>
/// Closed ── two calls in a row find it out of reach ──▶ Open ── the pause is over ──▶ Trying: one call
///    ▲                                                   ▲                               │
///    └── any sign of life ◀──────────────────────────────┼───────────────────────────────┤
///                                                        └── still out of reach: a pause twice as long, at most 2 minutes
/// </code>
/// Out of reach is: denied or missing; or, for three seconds at least, refusing connections, not accepting them, or not answering. A server
/// that only starts anew is none of that. A connection that breaks on the way says nothing of whether its target is out of reach. Any other
/// answer, a refusal too, is a sign of life. Not Polly.Core's: it would be a twentieth of the function's package.
/// </remarks>
/// <param name="time">The clock.</param>
public sealed class Circuit(TimeProvider time)
{
    private const int MostInARow = 2;
    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private State _state = State.Closed;

    // While closed: how many calls in a row found it out of reach, and since when.
    private int _inARow;
    private DateTimeOffset _since;

    // While open or trying: why, until when, after how many tries in vain.
    private Failure? _reason;
    private DateTimeOffset _until;
    private int _tries;

    private Failure? _opened;

    private enum State
    {
        /// <summary>Calls are made as usual.</summary>
        Closed,

        /// <summary>No call is made until the pause is over.</summary>
        Open,

        /// <summary>One call finds out whether the target is back; no other is made.</summary>
        Trying,
    }

    /// <summary>Whether calls are made as usual.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _state == State.Closed;
            }
        }
    }

    /// <summary>How long no call is made; zero: a call may be made, or one that decides is under way.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
            {
                return _state == State.Open && _until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Makes a call, if the target is not to be left alone.</summary>
    /// <exception cref="CircuitOpenException">It is.</exception>
    public async Task<Receipt> CallAsync(Func<Task<Receipt>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        bool isTrial = Enter();
        try
        {
            Receipt receipt = await call().ConfigureAwait(false);
            Leave(isTrial, null);
            return receipt;
        }
        catch (Exception e)
        {
            Leave(isTrial, e);
            throw;
        }
    }

    /// <summary>Why the circuit opened, told once; null: it did not since the last time.</summary>
    public Failure? TakeOpened()
    {
        lock (_gate)
        {
            Failure? opened = _opened;
            _opened = null;
            return opened is null ? null : opened with { Reason = string.Create(CultureInfo.InvariantCulture, $"{opened.Reason} It is not called until {_until:HH:mm:ss}Z.") };
        }
    }

    /// <summary>Says whether the call is the one that finds out if the target is back.</summary>
    private bool Enter()
    {
        lock (_gate)
        {
            switch (_state)
            {
                case State.Closed:
                    return false;
                case State.Open when time.GetUtcNow() >= _until:
                    _state = State.Trying;
                    return true;
                default:
                    throw new CircuitOpenException(_reason!, _until);
            }
        }
    }

    private void Leave(bool isTrial, Exception? exception)
    {
        Failure? failure = exception is null or OperationCanceledException ? null : Classify.Of(exception);
        lock (_gate)
        {
            if (SaysNothing(exception, failure))
            {
                // The next call tries instead.
                _state = isTrial && _state == State.Trying ? State.Open : _state;
            }
            else if (failure is null || !IsOutOfReach(failure))
            {
                Close();
            }
            else if (isTrial && _state == State.Trying)
            {
                Open(failure, _tries + 1);
            }
            else if (_state == State.Closed && IsEnough(failure))
            {
                Open(failure, 0);
            }
        }
    }

    private void Close() => (_state, _inARow, _reason) = (State.Closed, 0, null);

    private void Open(Failure failure, int tries)
    {
        (_state, _reason, _opened, _tries) = (State.Open, failure, failure, tries);
        _until = time.GetUtcNow() + TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tries, 8)));
    }

    /// <summary>Counts a call that found the target out of reach; says whether these are enough to open.</summary>
    private bool IsEnough(Failure failure)
    {
        DateTimeOffset now = time.GetUtcNow();
        _since = _inARow == 0 ? now : _since;
        _inARow++;
        return _inARow >= MostInARow && (failure.Class == FailureClass.PermanentTarget || now - _since >= LongestRestart);
    }

    // Cut off before it could answer, or broken on the way.
    private static bool SaysNothing(Exception? exception, Failure? failure) =>
        exception is OperationCanceledException
        || (failure is { Class: FailureClass.Ambiguous } && exception is not (AmazonServiceException or HttpAnswerException) && !IsOutOfReach(failure));

    private static bool IsOutOfReach(Failure failure) =>
        failure.Class == FailureClass.PermanentTarget || failure.Code is Classify.Unreachable or Classify.NoAnswer;
}
