using System.Globalization;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Keeps calls from a target that is out of reach: denied, missing, refusing connections, not answering.</summary>
/// <remarks>
/// When two calls in a row found it so, and where that may pass by itself (no connection, no answer) for three seconds at least, so that a server may
/// start anew in between, it is left alone for 10 seconds, then tried with one call; each time that this fails too the pause
/// doubles, up to two minutes. What would have been sent fails at once and goes its mapping's onFailure way. Any other answer, a refusal too,
/// is a sign of life. Not Polly.Core's: it would be a twentieth of the function's package.
/// </remarks>
/// <param name="time">The clock.</param>
public sealed class Circuit(TimeProvider time)
{
    private const int MostInARow = 2;
    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private int _inARow;
    private DateTimeOffset _since;
    private bool _isOpen;
    private Failure? _reason;
    private Failure? _opened;
    private DateTimeOffset _until;
    private bool _isTrying;
    private int _tries;

    /// <summary>Whether calls are made as usual.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return !_isOpen;
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

    /// <summary>Why the circuit opened, told once; <see langword="null"/>: it did not since the last time.</summary>
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
            if (!_isOpen)
            {
                return false;
            }

            if (_isTrying || time.GetUtcNow() < _until)
            {
                throw new CircuitOpenException(_reason!, _until);
            }

            return _isTrying = true;
        }
    }

    private void Leave(bool isTrial, Exception? exception)
    {
        Failure? failure = exception is null or OperationCanceledException ? null : Classify.Of(exception);
        lock (_gate)
        {
            _isTrying &= !isTrial;

            // Cut off before it could answer, or on the way: that says nothing.
            if (exception is OperationCanceledException || (failure is { Class: FailureClass.Ambiguous } && exception is not AmazonServiceException && !IsOutOfReach(failure)))
            {
                return;
            }

            if (failure is null || !IsOutOfReach(failure))
            {
                (_inARow, _isOpen, _reason) = (0, false, null);
                return;
            }

            // Calls that were under way when it opened find nothing new.
            if (_isOpen && !isTrial)
            {
                return;
            }

            DateTimeOffset now = time.GetUtcNow();
            _since = _inARow == 0 ? now : _since;
            _inARow++;
            _reason = failure;
            if (_isOpen || (_inARow >= MostInARow && (failure.Class == FailureClass.PermanentTarget || now - _since >= LongestRestart)))
            {
                _tries = _isOpen ? _tries + 1 : 0;
                _until = now + Pause(_tries);
                (_isOpen, _opened) = (true, failure);
            }
        }
    }

    private static TimeSpan Pause(int tries) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tries, 8)));

    private static bool IsOutOfReach(Failure failure) =>
        failure.Class == FailureClass.PermanentTarget || failure.Code is Classify.Unreachable or Classify.NoAnswer;
}
