using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using FanOut.Credentials;
using FanOut.Deployment;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that plan what is to be deployed. A plan is carried out change by change; <c>-WhatIf</c> and <c>-Confirm</c> apply to each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class DeploymentCommand : ChainCommand
{
    // Any number that other modules do not use.
    private const int ActivityId = 0x46_50;

    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly HashSet<(AwsSession, string, string)> _asked = [];

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

    /// <summary>Whether it is the first time that this is wanted of the function: the sources of a function, piped, all name it.</summary>
    /// <param name="settings">What is wanted of it.</param>
    private protected bool IsFirst(IEnumerable<string?> settings) => _asked.Add((FunctionSession, Function.Name, string.Join('\n', settings.Select(static s => s ?? "\0"))));

    /// <summary>Tells that a plan is empty: with -WhatIf on the screen, where one waits for the plan, else by -Verbose.</summary>
    /// <param name="what">What was to be made or removed.</param>
    /// <param name="verb">Is, or are.</param>
    /// <param name="removes">Whether it was to be removed.</param>
    private protected void TellUnchanged(string what, string verb, bool removes)
    {
        string state = $"{what} {verb} {(removes ? "not there" : $"as {(verb == "is" ? "it is" : "they are")} to be")}";
        if (IsWhatIf)
        {
            Say($"{state}: nothing would be {(removes ? "removed" : "changed")}.");
        }
        else
        {
            WriteVerbose($"{state}: nothing is {(removes ? "removed" : "changed")}.");
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
