using System.Globalization;
using System.Management.Automation;
using FanOut.DeadLetters;
using FanOut.Engine.Batching;
using FanOut.Errors;
using FanOut.Local;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;

namespace FanOut.Commands;

/// <content>Sends the letters of a box, and tells what failed and what is left.</content>
public sealed partial class ResumeFanOutDeadLetterCommand
{
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
