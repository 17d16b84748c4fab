using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using FanOut.Deployment;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that plan what is to be deployed. A plan is carried out change by change; <c>-WhatIf</c> and <c>-Confirm</c> apply to each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class DeploymentCommand : ChainCommand
{
    // Any number that other modules do not use.
    private const int ActivityId = 0x46_50;

    private readonly ConcurrentQueue<string> _warnings = new();

    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <summary>Writes a warning as soon as the pipeline's thread is free for it.</summary>
    private protected void Warn(string warning) => _warnings.Enqueue(warning);

    /// <inheritdoc/>
    private protected override void Waited()
    {
        base.Waited();
        while (_warnings.TryDequeue(out string? warning))
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Carries a plan out.</summary>
    /// <param name="activity">What is done, for the progress bar.</param>
    /// <param name="changes">The plan.</param>
    /// <param name="last">Waits for the effect when all changes are made; null: no wait.</param>
    /// <returns>Whether all changes were made: not with -WhatIf, and not if the user refused one.</returns>
    private protected bool Run(string activity, IReadOnlyList<Change> changes, Func<Task>? last = null)
    {
        var progress = new ProgressRecord(ActivityId, activity, "begins");
        bool isDone = true;
        try
        {
            for (int i = 0; i < changes.Count; i++)
            {
                Change change = changes[i];
                Show(progress, $"{change.Action}, {change.Target}", 100 * i / changes.Count);
                if (ShouldProcess(change.Target, change.Action, out ShouldProcessReason reason))
                {
                    Await(change.RunAsync(StopToken));
                    continue;
                }

                isDone = false;
                if (reason != ShouldProcessReason.WhatIf)
                {
                    // The changes that follow build on the refused one.
                    break;
                }
            }

            if (isDone && last is not null)
            {
                Show(progress, "waits until it is active", 99);
                Await(last());
            }
        }
        finally
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }

        return isDone;
    }

    private void Show(ProgressRecord progress, string status, int percent)
    {
        (progress.StatusDescription, progress.PercentComplete) = (status, percent);
        WriteProgress(progress);
    }
}
