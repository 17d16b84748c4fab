using System.Globalization;
using FanOut.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Errors;
using FanOut.Local.Plans;

namespace FanOut.Commands;

/// <content>Which letters are sent together, and what -WhatIf says of them.</content>
public sealed partial class ResumeFanOutDeadLetterCommand
{
    // Any number that other bars of the module do not have.
    private const int ActivityId = 0x46_44;

    // So many letters are sorted: of a queue they come in any order. They are in memory meanwhile.
    private const int MostLetters = 5_000;
    private const long MostCharacters = 64_000_000;

    private readonly Dictionary<LetterTarget, bool> _allowed = [];

    /// <summary>The letters that are wanted, some thousands at a time.</summary>
    private IEnumerable<List<FanOutDeadLetter>> Rounds(ILetterBox box, Func<FanOutDeadLetter, bool> isWanted)
    {
        var read = new ReadLetter(box.Name, box.Region);
        bool mayHaveMore = true;
        while (mayHaveMore && _taken < First)
        {
            List<FanOutDeadLetter> letters = [];
            long characters = 0;
            mayHaveMore = false;
            foreach (IReadOnlyList<StoredLetter> page in Each(box.ReadAsync(StopToken)))
            {
                foreach (FanOutDeadLetter letter in page.Select(read.Of).Where(isWanted).Take(First - _taken))
                {
                    _taken++;
                    characters += letter.Body.Length;
                    letters.Add(letter);
                }

                if (_taken >= First)
                {
                    break;
                }

                if (letters.Count >= MostLetters || characters >= MostCharacters)
                {
                    yield return letters;
                    letters = [];
                    characters = 0;
                }
            }

            if (letters.Count > 0)
            {
                yield return letters;

                // A FIFO queue shows what lies behind letters only when they are gone.
                mayHaveMore = box is QueueLetters { Queue.IsFifo: true } && !IsWhatIf;
            }
        }
    }

    /// <summary>The letters of a round by where they go, as far as anybody gets them; of the others the reason is told once.</summary>
    private IEnumerable<(LetterTarget Target, List<FanOutDeadLetter> Letters)> ByTarget(ILetterBox box, FindLetterTargets find, List<FanOutDeadLetter> letters)
    {
        Dictionary<LetterTarget, List<FanOutDeadLetter>> byTarget = [];
        foreach (FanOutDeadLetter letter in letters)
        {
            if (letter.Problem is not null || letter.SourceArn is null)
            {
                _tally.Leave(box, letter.SourceArn, letter.Id, 1);
                string problem = letter.Problem ?? "It names no source.";
                _tally.Note(box, letter.SourceArn, letter.Id, letter, "Unreadable", null, problem);
                FailOnce($"Unreadable\n{problem}", FanOutError.LetterNotReadable(letter));
                continue;
            }

            LetterTarget target = Await(find.OfAsync(letter, StopToken));
            if (!byTarget.TryGetValue(target, out List<FanOutDeadLetter>? ofTarget))
            {
                byTarget[target] = ofTarget = [];
            }

            ofTarget.Add(letter);
        }

        foreach ((LetterTarget target, List<FanOutDeadLetter> ofTarget) in byTarget)
        {
            WarnOfAll(box, target);
            if (target.Problem is { } problem)
            {
                _tally.Leave(box, target.SourceArn, target.Id, ofTarget.Count);
                if (_told.Add($"{target.SourceArn}\n{target.Id}"))
                {
                    Fail(problem);
                }
            }
            else if (IsWhatIf || IsAllowed(box, target))
            {
                yield return (target, ofTarget);
            }
            else
            {
                _tally.Leave(box, target.SourceArn, target.Id, ofTarget.Count);
            }
        }
    }

    // Whoever takes the queue of what Lambda gave up for the dead letters of a target must hear it before anything is sent.
    private void WarnOfAll(ILetterBox box, LetterTarget target)
    {
        if (target is { Id: null, Mappings.Count: > 1 } && _told.Add(target.SourceArn))
        {
            WriteWarning(
                $"What Lambda gave up in {box.Name} names no target: it goes to {target.Name} ({string.Join(", ", target.Mappings.Select(static m => m.Id))}), of which some may have the records already. "
                + "-SendTo names the one that gets it.");
        }
    }

    private void WarnOfNone(ILetterBox box, int seen, int ofNoTarget)
    {
        WriteWarning(
            seen == 0
                ? $"No dead letters were found in {box.Name}: {(box is BucketLetters ? "is the prefix right?" : box is FileLetters ? "it has no lines." : "those that somebody else has just received are hidden.")}"
                : $"None of the {seen} dead letters in {box.Name} is one of those that are meant: none was sent."
                    + (ofNoTarget > 0 && Id is { Length: > 0 } ? $" {ofNoTarget} name no target, as Lambda gave them up: no -Id finds these; -SendTo alone says which target gets them." : ""));
    }

    private bool IsAllowed(ILetterBox box, LetterTarget target)
    {
        if (_allowed.TryGetValue(target, out bool isAllowed))
        {
            return isAllowed;
        }

        if (target.Mappings.Any(static m => m.Type is Engine.Mappings.TargetType.Es or Engine.Mappings.TargetType.Redis or Engine.Mappings.TargetType.Memcached))
        {
            WriteWarning($"The {target.Name} keeps what comes last: a letter whose key has got a newer value meanwhile puts the older one in its place.");
        }

        return _allowed[target] = ShouldProcess(target.Name, $"Send the dead letters in {box.Name}, and remove those that it takes");
    }

    // Nothing is sent, no role is assumed, and no stream is read.
    private void Plan(ILetterBox box, FindLetterTargets find, Func<FanOutDeadLetter, bool> isWanted)
    {
        var plan = new MakePlan(FunctionSession.Region, new DeliveryOptions(), Time);
        var round = new ResumeRound(box, null!, new Local.Transfers.RecordPace(MaxRecordsPerSecond, Time), Time);
        Dictionary<LetterTarget, PlannedResume> planned = [];
        foreach ((LetterTarget target, List<FanOutDeadLetter> letters) in Rounds(box, isWanted).SelectMany(r => ByTarget(box, find, r)))
        {
            if (!planned.TryGetValue(target, out PlannedResume? sum))
            {
                planned[target] = sum = new PlannedResume();
            }

            foreach (FanOutDeadLetter[] some in round.Cut(letters))
            {
                Await(sum.AddAsync(plan, some, target, StopToken));
            }
        }

        foreach ((LetterTarget target, PlannedResume sum) in planned)
        {
            ShouldProcess(target.Name, string.Create(CultureInfo.InvariantCulture, $"Send {sum.Text} in {box.Name}, and remove the letters that it takes"));
        }
    }
}
