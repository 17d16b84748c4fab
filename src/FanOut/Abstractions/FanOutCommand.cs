using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using FanOut.Errors;

namespace FanOut.Abstractions;

/// <summary>Base of all cmdlets: cancellation, waiting for tasks, and exceptions as PowerShell errors.</summary>
/// <remarks>
/// The pipeline's thread has no synchronization context, so a cmdlet may wait for a task on it: nothing can deadlock, and between two waits
/// it may write, ask and report as it likes.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FanOutCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private HashSet<string> _typed = [];

    /// <summary>Cancelled by Ctrl+C. Not named PipelineStopToken: PowerShell 7.6 has one of its own.</summary>
    private protected CancellationToken StopToken => (_afterwards ?? _stopping).Token;

    /// <summary>What the user is working on, for errors that do not say it themselves.</summary>
    private protected virtual object? Subject => null;

    /// <summary>Who calls AWS, as messages show it; null before a session is open.</summary>
    private protected virtual string? Identity => null;

    /// <summary>Whether an error has been written.</summary>
    private protected bool HasFailed { get; private set; }

    /// <summary>Does the work for one object of the pipeline.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Does what is left when the pipeline has ended.</summary>
    private protected virtual void Finish() => Settle();

    /// <summary>Whether a parameter was given on the command line, or by $PSDefaultParameterValues, rather than by a piped object.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>Whether only what would be done is to be shown.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? LanguagePrimitives.IsTrue(given) : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Writes warnings; null: there is none.</summary>
    private protected void Warn(IEnumerable<string?> warnings)
    {
        foreach (string warning in warnings.OfType<string>())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Tells the user what came of it, as Write-Host does: it is on the screen and in the logs of pipelines, and never among the objects. 6>$null or -InformationAction Ignore keeps it away.</summary>
    private protected void Say(string message) => WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST"]);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _typed = [.. MyInvocation.BoundParameters.Keys];
        Guard(FindService);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(Finish);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Waits for a task; Ctrl+C ends the wait, and the call that it waits for.</summary>
    private protected T Await<T>(Task<T> task)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception) when (_stopping.IsCancellationRequested && _afterwards is null)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (_afterwards is null)
            {
                Waited();
            }
        }
    }

    /// <inheritdoc cref="Await{T}"/>
    private protected void Await(Task task) => Await(WithResult(task));

    /// <summary>Goes through an asynchronous sequence on the pipeline's thread, element by element as they come.</summary>
    private protected IEnumerable<T> Each<T>(IAsyncEnumerable<T> sequence)
    {
        IAsyncEnumerator<T> enumerator = sequence.GetAsyncEnumerator(StopToken);
        try
        {
            while (Next(enumerator.MoveNextAsync()))
            {
                yield return enumerator.Current;
            }
        }
        finally
        {
            Await(enumerator.DisposeAsync().AsTask());
        }
    }

    /// <inheritdoc cref="ShouldProcess(string, string, out ShouldProcessReason)"/>
    private protected new bool ShouldProcess(string target, string action) => ShouldProcess(target, action, out _);

    /// <summary>Asks whether to make a change, and tells why not. PowerShell's own method with a reason leaves the wording to its caller; this has PowerShell's usual words.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="reason">Whether <c>-WhatIf</c> or the user said no.</param>
    /// <exception cref="FanOutException">ConfirmationImpossible: the user must be asked, and cannot be.</exception>
    private protected bool ShouldProcess(string target, string action, out ShouldProcessReason reason)
    {
        string operation = $"Performing the operation \"{action}\" on target \"{target}\".";
        try
        {
            return ShouldProcess(operation, $"Are you sure you want to perform this action?{Environment.NewLine}{operation}", "Confirm", out reason);
        }
        catch (Exception e) when (IsNobodyThere(e))
        {
            throw FanOutError.ConfirmationImpossible(target, action, e);
        }
    }

    /// <summary>What hosts do that have nobody to ask: pwsh -NonInteractive, hosts that implement no questions, and pwsh whose input has ended (&lt; /dev/null).</summary>
    private protected static bool IsNobodyThere(Exception exception) =>
        exception is PSInvalidOperationException or HostException or PSNotImplementedException or NullReferenceException;

    /// <summary>Called after each wait on the pipeline's thread, which alone may write: what other threads gathered is written here.</summary>
    private protected virtual void Waited()
    {
    }

    /// <summary>Writes the error of one object and goes on with the next; stops the pipeline where going on would only repeat it.</summary>
    private protected void Fail(Exception exception)
    {
        HasFailed = true;
        ErrorRecord record = FanOutError.Record(exception, Subject, Identity);
        bool isTerminating = record.Exception is FanOutException { IsTerminating: true };
        if (isTerminating || StopsAtErrors)
        {
            SettleBeforeTheEnd();
        }

        if (isTerminating)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>An error as a sentence, with who called, for messages about what could not be found out.</summary>
    private protected string Explain(Exception exception) => FanOutError.Of(exception, Subject, Identity).Message;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is disposed of, not finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _afterwards?.Dispose();
            _stopping.Dispose();
        }
    }

    /// <summary>Does a step; its error is that of the object at hand, and the next one's turn comes.</summary>
    /// <remarks>RuntimeException is how PowerShell itself ends a cmdlet (-ErrorAction Stop, a stopped pipeline): it gets through.</remarks>
    [DebuggerStepThrough]
    private protected void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException))
        {
            Fail(e);
        }
    }

    // Most elements belong to a page that has been read already: there is nothing to wait for.
    private bool Next(ValueTask<bool> moving) => moving.IsCompletedSuccessfully ? moving.Result : Await(moving.AsTask());

    private static async Task<bool> WithResult(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}
