using System.Globalization;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.DeadLetters;
using FanOut.Engine.Batching;
using FanOut.Errors;
using FanOut.Local;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Sends dead letters again, to their own targets as they are now, and removes those that were delivered.</summary>
/// <remarks>
/// <para>Sends from this computer by the function's own engine: with the filter, the transformations and the role that the target has now. Your credentials send, or assume the target's role; what the function may do does not help. Targets in a VPC must be reached from here.</para>
/// <para>A letter is removed as soon as its record was delivered, and only then. What fails again stays, with an error that says why, once for letters that fail alike, and Failures of the result names each; what the target's filter leaves out now stays too, unless -RemoveFiltered is given. If a target refuses all letters of a call, its others are left. When the cmdlet is stopped or killed nothing is lost: the next run goes on. What was delivered and not yet removed by then is sent once more.</para>
/// <para>Of a file of this computer each letter that was delivered is removed from the file; one in which nothing is left stays as an empty one. No two runs may use it at a time.</para>
/// <para>Two runs at a time share a queue: none sees what the other has. Of a bucket both may send the same letter. In order of their numbers go letters that are read together, up to 5,000; targets that get records in order get none of a key whose letter before it failed again.</para>
/// <para>Batches and events that Lambda gave up go to all enabled targets of their source, of which some may have the records already: a warning says so, and -SendTo names one. Where the letter does not hold the records, they are read from the stream again, as long as it has them.</para>
/// <para>Letters can be piped in from Get-FanOutDeadLetter: then only these are sent. An object of counts for each target comes out at the end.</para>
/// </remarks>
/// <example>
/// <code>Resume-FanOutDeadLetter audit-failed -WhatIf</code>
/// <para>What would be sent of the queue audit-failed: how many records, in how many calls, to which targets.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget archive -Source orders | Resume-FanOutDeadLetter -First 1</code>
/// <para>Tries with one letter whether the target archive takes its records now.</para>
/// </example>
/// <example>
/// <code>Get-FanOutDeadLetter s3://orders-undelivered/letters -Class Oversize | Where-Object { $_.Data.Length -lt 1MB } | Resume-FanOutDeadLetter -SendTo search -MaxRecordsPerSecond 100</code>
/// <para>Sends what was too large to another target, a hundred records a second.</para>
/// </example>
/// <example>
/// <code>Resume-FanOutDeadLetter -Path refused.ndjson</code>
/// <para>Sends what a replay has written into the file refused.ndjson (Invoke-FanOutReplay -DeadLetterPath).</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "FanOutDeadLetter", SupportsShouldProcess = true, HelpUri = ProjectAddress.CmdletPages + "Resume-FanOutDeadLetter.md")]
[OutputType(typeof(FanOutDeadLetterResult))]
public sealed partial class ResumeFanOutDeadLetterCommand : DeadLetterCommand
{
    private readonly Dictionary<string, (ILetterBox Box, HashSet<(string?, string?, int?)> Letters)> _piped = [];
    private const string NotRemoved = "NotRemoved";

    private readonly ResumeTally _tally = new();
    private readonly AlikeErrors _alike = new();
    private readonly HashSet<string> _told = [];
    private ILetterBox? _open;
    private bool _isTold;
    private int _taken;

    /// <summary>The id of another target of the same source, to which all of the letters are sent, also if it is disabled.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    [NotAFile]
    public string? SendTo { get; set; }

    /// <summary>A file of this computer with one letter a line: what Invoke-FanOutReplay -DeadLetterPath wrote, or Get-FanOutDeadLetter -Path. The same as to give it as -DeadLetter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    public string? Path { get; set; }

    /// <summary>How many letters to send at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotAFile]
    public int First { get; set; } = int.MaxValue;

    /// <summary>How many records to send in a second at most. Without it: as many as the targets take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotAFile]
    public int? MaxRecordsPerSecond { get; set; }

    /// <summary>Removes also letters whose records the target's filter leaves out now.</summary>
    [Parameter]
    public SwitchParameter RemoveFiltered { get; set; }

    /// <summary>Sends with your own rights also where the target has a role.</summary>
    [Parameter]
    public SwitchParameter SkipRole { get; set; }

    /// <summary>How long the letters of a queue stay hidden from others if this is killed: a duration or seconds, up to 12 hours. It is renewed while they are at hand. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (VisibilityTimeout < TimeSpan.FromSeconds(1) || VisibilityTimeout > TimeSpan.FromHours(12))
        {
            throw FanOutError.InvalidParameter(nameof(VisibilityTimeout), VisibilityTimeout, "takes 1 second to 12 hours.");
        }

        if (NullIfEmpty(Path) is { } path && NullIfEmpty(DeadLetter) is not null)
        {
            throw FanOutError.InvalidParameter(nameof(Path), path, "and -DeadLetter contradict each other: both say where the letters lie.");
        }

        if (PipedLetter is not { } letter)
        {
            SelectLetters selection = Selection;
            if (FindBox(VisibilityTimeout, !IsWhatIf) is { } box)
            {
                Resume(box, selection.Includes);
            }

            return;
        }

        if (!_piped.TryGetValue(DeadLetter!, out (ILetterBox Box, HashSet<(string?, string?, int?)> Letters) piped))
        {
            _piped[DeadLetter!] = piped = (FindBox(VisibilityTimeout, !IsWhatIf)!, []);
        }

        piped.Letters.Add(letter);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach ((ILetterBox box, HashSet<(string?, string?, int?)> letters) in _piped.Values)
        {
            Guard(() => Resume(box, l => letters.Contains((l.MessageId, l.ObjectKey, l.Line))));
        }

        _isTold = true;
        WriteObject(_tally.Results, enumerateCollection: true);
        base.Finish();
    }

    /// <inheritdoc/>
    private protected override void Settle()
    {
        if (IsAfterwards && IsStopped && !_isTold)
        {
            _isTold = true;
            TellWhatIsLeft();
        }

        if (_open is { } box)
        {
            _open = null;
            try
            {
                Await(box.GiveBackAsync(StopToken));
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                WriteVerbose($"The letters that are left stay hidden from others for up to {VisibilityTimeout.TotalSeconds:N0} seconds: {Explain(e)}");
            }
        }

        base.Settle();
    }

    /// <inheritdoc/>
    /// <remarks>Of a path in full: a name without a folder or an ending would be a queue's.</remarks>
    private protected override string? Place => NullIfEmpty(Path) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : base.Place;

    // A message keeps its id; a line of an object its place, as long as nobody else changes the object.
    private (string?, string?, int?)? PipedLetter => InputObject is { } input && Text(input, nameof(FanOutDeadLetter.Body)) is not null
        && (Text(input, nameof(FanOutDeadLetter.MessageId)), Text(input, nameof(FanOutDeadLetter.ObjectKey)), input.Properties[nameof(FanOutDeadLetter.Line)]?.Value as int?) is var letter
        && (letter.Item1 is not null || letter.Item2 is not null)
        ? letter
        : null;

    private static string? Text(PSObject input, string property) => input.Properties[property]?.Value as string;

    private void Resume(ILetterBox box, Func<FanOutDeadLetter, bool> isWanted)
    {
        _open = box;
        int seen = 0, wanted = 0, ofNoTarget = 0;
        bool mayTakeMore = _taken < First;
        Func<FanOutDeadLetter, bool> isCounted = letter =>
        {
            bool isOne = isWanted(letter);
            seen++;
            wanted += isOne ? 1 : 0;
            ofNoTarget += letter is { Id: null, SourceArn: not null } ? 1 : 0;
            return isOne;
        };

        var find = new FindLetterTargets(Mappings, NullIfEmpty(SendTo)) { SkipRole = SkipRole };
        using var ended = new CancellationTokenSource();
        Task hiding = box.KeepHiddenAsync(Time, ended.Token);
        try
        {
            if (IsWhatIf)
            {
                Plan(box, find, isCounted);
            }
            else
            {
                Send(box, find, isCounted);
            }
        }
        finally
        {
            ended.Cancel();
            hiding.GetAwaiter().GetResult();
        }

        TellOthers();
        if (mayTakeMore && wanted == 0)
        {
            WarnOfNone(box, seen, ofNoTarget);
        }

        Warn(box.Warnings);
        Settle();
    }

    private void Send(ILetterBox box, FindLetterTargets find, Func<FanOutDeadLetter, bool> isWanted)
    {
        var targets = new LocalTargets(FunctionSession, Function.Name, Time);
        var progress = new TransferProgress(ActivityId, $"Dead letters of {(box is QueueLetters ? box.Name[(box.Name.LastIndexOf('/') + 1)..] : box.Name)}", Time);
        try
        {
            // Ids of topics are no numbers, and jitter is no secret.
#pragma warning disable CA5394
            var random = new Random();
#pragma warning restore CA5394
            var send = new SendLetters(new LocalEngine(targets, Time, random), s => OpenStream.Of(Session, s), Time, random);
            var round = new ResumeRound(box, send, new RecordPace(MaxRecordsPerSecond, Time), Time) { RemovesFiltered = RemoveFiltered };
            long? total = Await(box.CountAsync(StopToken));
            foreach (List<FanOutDeadLetter> letters in Rounds(box, isWanted))
            {
                foreach ((LetterTarget target, List<FanOutDeadLetter> ofTarget) in ByTarget(box, find, letters))
                {
                    foreach (FanOutDeadLetter[] some in round.Cut(ofTarget))
                    {
                        Send(box, round, target, some);
                        Show(progress.Show(_tally.Letters, total is { } all ? Math.Max(Math.Min(all, First), _tally.Letters) : null));
                    }
                }

                box.EndRound();
            }
        }
        finally
        {
            Show(progress.End());
            targets.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void Send(ILetterBox box, ResumeRound round, LetterTarget target, FanOutDeadLetter[] letters)
    {
        if (round.IsStopped(target))
        {
            _tally.Leave(box, target.SourceArn, target.Id, letters.Length);
            return;
        }

        (IReadOnlyList<LetterOutcome> outcomes, IReadOnlyList<UnsettledLetter> notRemoved) = Await(round.RunAsync(letters, target, StopToken));
        HashSet<FanOutDeadLetter> left = [.. notRemoved.Select(static n => n.Letter)];

        // What Ctrl+C broke off has not failed: it is still there, as all that was not tried.
        foreach (LetterOutcome outcome in outcomes.Where(o => !StopToken.IsCancellationRequested || o.State != RecordState.Failed))
        {
            bool isRemoved = !left.Contains(outcome.Letter) && (outcome.State == RecordState.Delivered || (outcome.State == RecordState.Filtered && RemoveFiltered));
            _tally.Add(box, target, outcome, isRemoved);
        }

        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        foreach (LetterOutcome outcome in outcomes.Where(static o => o.State == RecordState.Failed))
        {
            Failure failure = outcome.Failure!;
            _tally.Note(box, target.SourceArn, target.Id, outcome.Letter, failure.Class.ToString(), failure.Code, failure.Reason);
            FailOnce($"{target.Name}\n{failure.Class}\n{failure.Code}", FanOutError.LetterNotDelivered(outcome.Letter, target.Name, failure, FunctionSession.Identity));
        }

        foreach (UnsettledLetter unsettled in notRemoved)
        {
            _tally.Note(box, target.SourceArn, target.Id, unsettled.Letter, NotRemoved, null, unsettled.Reason);
            FailOnce(NotRemoved, FanOutError.LetterNotRemoved(unsettled.Letter, unsettled.Reason, FunctionSession.Identity));
        }

        if (notRemoved.Count > 0 && notRemoved.Count == outcomes.Count(static o => o.State == RecordState.Delivered))
        {
            // Whoever may not remove letters must not send them all.
            TellOthers();
            throw FanOutError.LettersNotRemovable(box.Name);
        }
    }

    // Nobody gets the result of a command that was stopped.
    private void TellWhatIsLeft()
    {
        int delivered = _tally.Results.Sum(static r => r.Delivered), removed = _tally.Results.Sum(static r => r.Removed), failed = _tally.Results.Sum(static r => r.Failed);
        if (_open is { } box && !IsWhatIf)
        {
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"Stopped. {delivered:N0} letters of {box.Name} were delivered{(removed == delivered ? " and removed" : $", of which {removed:N0} are removed")}{(failed > 0 ? $", {failed:N0} failed again" : "")}; all others are still there. To go on, run the same command again{(First < int.MaxValue ? " (-First counts anew)" : "")}. What a call that was under way has delivered is sent once more."));
        }
    }

    // The first of errors that are alike in full; the others are counted, and told at the end.
    private void FailOnce(string kind, FanOutException error)
    {
        if (_alike.IsFirst(kind, error))
        {
            Fail(error);
        }
    }

    private void TellOthers()
    {
        foreach (FanOutException others in _alike.Take())
        {
            Fail(others);
        }
    }

    private void Show(ProgressRecord? record)
    {
        if (record is not null)
        {
            WriteProgress(record);
        }
    }
}
