using System.Management.Automation;

namespace FanOut.Abstractions;

/// <content>What must not be left undone, however a cmdlet ends: a target that was registered needs its permission, also where the pipeline went no further.</content>
public abstract partial class FanOutCommand
{
    // Whoever presses Ctrl+C waits no longer than this.
    private static readonly TimeSpan PatienceAfterStop = TimeSpan.FromSeconds(10);

    private CancellationTokenSource? _afterwards;

    /// <summary>
    /// Does what must not be left undone. Called at the pipeline's end, before an error that ends the cmdlet (-ErrorAction Stop), and when somebody else has ended
    /// the pipeline: Ctrl+C, Select-Object -First, an error of another command. Each call does what has come up since the last one.
    /// </summary>
    private protected virtual void Settle()
    {
    }

    /// <summary>Whether the pipeline has ended, and <see cref="Settle"/> runs after it: nothing can be written to it any more.</summary>
    private protected bool IsAfterwards => _afterwards is not null;

    /// <summary>Whether the user has ended it: Ctrl+C.</summary>
    private protected bool IsStopped => _stopping.IsCancellationRequested;

    /// <summary>Writes a message for -Verbose, as long as the pipeline takes it.</summary>
    private protected new void WriteVerbose(string text)
    {
        if (!IsAfterwards)
        {
            base.WriteVerbose(text);
        }
    }

    /// <summary>Does what the pipeline's end from outside has left undone; to be called where the cmdlet is disposed of. Warnings go to the host.</summary>
    /// <param name="time">The clock of the time that Ctrl+C leaves.</param>
    private protected void SettleAfterwards(TimeProvider time)
    {
        _afterwards = new CancellationTokenSource(_stopping.IsCancellationRequested ? PatienceAfterStop : Timeout.InfiniteTimeSpan, time);
        SettleBeforeTheEnd();
    }

    private bool StopsAtErrors => (Preference("ErrorAction") ?? Variable("ErrorActionPreference")) == ActionPreference.Stop;

    // What is said of the work that is left over must not take the place of the error that ends the cmdlet.
    private void SettleBeforeTheEnd()
    {
        try
        {
            Settle();
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException))
        {
            WriteWarning(Explain(e));
        }
    }
}
