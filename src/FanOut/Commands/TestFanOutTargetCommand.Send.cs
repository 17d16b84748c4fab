using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Local;
using FanOut.Local.Checks;
using FanOut.Local.Events;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>One record that is really sent, and what came of it.</content>
public sealed partial class TestFanOutTargetCommand
{
    private const int ActivityId = 0x46_54;
    private const string UnknownPassword = "secret";
    private const string NotWanted = "-WhatIf only asks, or -Confirm was answered with no.";

    private readonly Dictionary<(string SourceArn, InspectTarget From), SentRecord> _sent = [];

    private void CheckSend()
    {
        if (Send && (Record is [_, _, ..] || EventPath is not null || Live || PassThru))
        {
            throw FanOutError.InvalidParameter(nameof(Send), null, "sends one record: that of -Record, or one of its own; not those of -EventPath or -Live, and not with -PassThru.");
        }

        if (!Send && Through != TestRoute.Here)
        {
            throw FanOutError.InvalidParameter(nameof(Through), Through, "goes with -Send, which sends a record.");
        }
    }

    private FanOutTargetCheck SendOne(Candidate candidate, InspectTarget from, Mapping target)
    {
        const string Dropped = "EventBridge takes events for a bus that is not there all the same, and drops them";
        Finding? bus = Await(from.EventBusAsync(target, "Send", StopToken));
        if (Through == TestRoute.Here && bus is { Status: "Fail" })
        {
            return CheckTarget.New(candidate, bus.Check, bus.Status, $"{bus.Detail} {Dropped}: nothing was sent.", bus.Remedy);
        }

        FanOutTargetCheck sent = Through == TestRoute.Source ? SendThrough(candidate, from) : SendHere(candidate, from, target);
        return (sent.Status, bus?.Status) switch
        {
            ("Pass", "Fail") => CheckTarget.New(candidate, bus!.Check, "Fail", $"{bus.Detail} {Dropped}. {sent.Detail}", bus.Remedy),
            ("Pass", "Skipped") => CheckTarget.New(candidate, sent.Check, sent.Status, $"{sent.Detail} Whether the event bus is there was not seen: {Dropped}.", sent.Remedy),
            _ => sent,
        };
    }

    // A password that was piped as stars is not the target's.
    private FanOutTargetCheck SendHere(Candidate candidate, InspectTarget from, Mapping target)
    {
        if (candidate.IsPiped && target.Destination is CacheDestination { Password: UnknownPassword })
        {
            return CheckTarget.New(candidate, "Send", "Skipped", "The password of the destination is not known.", "Get-FanOutTarget -IncludeSecret | Test-FanOutTarget -Send");
        }

        if (!ShouldProcess($"target '{candidate.Id}' of {candidate.SourceArn}", "Send it a record"))
        {
            return CheckTarget.New(candidate, "Send", "Skipped", $"Nothing was sent. {NotWanted}");
        }

        string mark = TestMark.New();
        byte[] json = WriteEvent.Of(candidate.SourceArn, [RecordOf(candidate.SourceArn, target.HashKey, mark, target.RecordFormat == RecordFormat.DynamoDbChanges)]);
        var targets = new LocalTargets(from.Session, candidate.Function, Time);
        try
        {
            var sending = new SendRecord(from, targets, Time);
            return AwaitInSight(sending.OfAsync(candidate, json, Record is null ? mark : "of -Record", StopToken), $"A record for '{candidate.Id}'", () => sending.Status);
        }
        finally
        {
            Await(targets.DisposeAsync().AsTask());
        }
    }

    // All targets of a source get the same record, so it is put there once.
    private FanOutTargetCheck SendThrough(Candidate candidate, InspectTarget from)
    {
        if (!_sent.TryGetValue((candidate.SourceArn, from), out SentRecord? sent))
        {
            _sent[(candidate.SourceArn, from)] = sent = PutIntoSource(candidate.SourceArn, candidate.Function, from);
        }

        return sent.Of(candidate);
    }

    private SentRecord PutIntoSource(string sourceArn, string function, InspectTarget from)
    {
        SourceRoute route = Await(SourceRoute.FindAsync(from, function, sourceArn, StopToken));
        var notSent = new SentRecord(function, from.Session.Region) { NotSent = route.Obstacle };
        if (route.Obstacle is not null)
        {
            return notSent;
        }

        if (!ShouldProcess($"source {sourceArn}", $"Put a test record into it, which the function {function} brings to all its enabled targets ({string.Join(", ", route.Targets)})"))
        {
            return new SentRecord(function, from.Session.Region) { NotSent = ($"{NotWanted} It would have gone to {string.Join(", ", route.Targets)}.", null) };
        }

        string mark = TestMark.New();
        WriteVerbose($"The record {mark} is put into {sourceArn}. What comes of it is in the function's log within {route.Patience.TotalSeconds:0} s.");
        DateTimeOffset end = Time.GetUtcNow() + route.Patience;
        return AwaitInSight(
            new SendThroughSource(from.Session, function, Time).OfAsync(sourceArn, RecordOf(sourceArn, null, mark, route.OfChanges.Count > 0), mark, route, StopToken),
            $"The record {mark} in {EventSource.Describe(sourceArn).Name}",
            () => string.Create(CultureInfo.InvariantCulture, $"waits for what the function {function} tells of it; {Math.Max(0, (end - Time.GetUtcNow()).TotalSeconds):0} s left"));
    }

    // What takes less than a second needs no bar.
    private T AwaitInSight<T>(Task<T> task, string activity, Func<string> status)
    {
        var progress = new ProgressRecord(ActivityId, activity, "begins");
        bool isShown = false;
        while (!Await(IsOverAsync(task)))
        {
            (progress.StatusDescription, isShown) = (status(), true);
            WriteProgress(progress);
        }

        if (isShown)
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }

        return Await(task);
    }

    private async Task<bool> IsOverAsync(Task task) => await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(1), Time)).ConfigureAwait(false) == task;

    private EventRecord RecordOf(string sourceArn, string? hashKey, string mark, bool areChanges)
    {
        object record = Record is [var only] ? only : new Hashtable { ["id"] = mark, ["sentBy"] = "Test-FanOutTarget" };
        return new ReadRecords(sourceArn, hashKey ?? "id", Time, areChanges) { FirstNumber = NumberOf(mark) }.Of([record])[0];
    }

    // As long as one of Kinesis with the three digits behind it; the mark's 128 bits have at most 39 digits.
    private static string NumberOf(string mark) =>
        "49590338271490" + UInt128.Parse(mark.AsSpan(mark.LastIndexOf('-') + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString("D39", CultureInfo.InvariantCulture);
}
