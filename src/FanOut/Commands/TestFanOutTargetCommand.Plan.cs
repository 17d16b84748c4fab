using System.Text.Json;
using Amazon.Runtime;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Local.Checks;
using FanOut.Local.Events;
using FanOut.Local.Plans;
using FanOut.Local.Streams;

namespace FanOut.Commands;

/// <content>What the targets would get of an event, and how it is told.</content>
public sealed partial class TestFanOutTargetCommand
{
    private readonly Dictionary<string, IReadOnlyList<EventRecord>> _live = [];
    private readonly Dictionary<(InspectTarget Function, string SourceArn), IReadOnlyList<Mapping>> _enabled = [];

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (IGrouping<(string SourceArn, InspectTarget? Inspection, int Turn), Candidate> same in Turns())
        {
            Candidate[] candidates = [.. same];
            FunctionOptions options = FunctionOptions.Default;
            IReadOnlyDictionary<string, Plan>? plans = null;
            string? noPlan = null;
            Guard(() =>
            {
                options = same.Key.Inspection is { } inspection ? FunctionOptions.Of(candidates[0].Function, Await(inspection.FunctionAsync(StopToken)).Value) : options;
                (plans, noPlan) = Plans(same.Key.SourceArn, candidates, options.Options);
            });
            if (plans is null && noPlan is null)
            {
                // That is told already; the targets of other sources are still to be tested.
                continue;
            }

            foreach (Candidate candidate in candidates)
            {
                Write(candidate, plans?.GetValueOrDefault(candidate.Id), noPlan, options.Sender);
            }
        }
    }

    /// <summary>
    /// What is tested together: the targets of a source, each once, also where lines of a log name one many times. Several rows of one id, such as variants of a target, have their turns
    /// one after the other, as a source has each id once.
    /// </summary>
    private IEnumerable<IGrouping<(string SourceArn, InspectTarget? Inspection, int Turn), Candidate>> Turns() =>
        from sameId in _candidates.DistinctBy(static c => (c.SourceArn, c.Inspection, c.Id, c.Mapping, c.Problem)).GroupBy(static c => (c.SourceArn, c.Inspection, c.Id))
        from one in sameId.Select(static (candidate, turn) => (Candidate: candidate, Turn: turn))
        group one.Candidate by (one.Candidate.SourceArn, one.Candidate.Inspection, one.Turn);

    private void Write(Candidate candidate, Plan? plan, string? noPlan, string sender)
    {
        if (PassThru)
        {
            if (plan is not null)
            {
                WriteObject(DescribePlan.Payloads(candidate, plan), enumerateCollection: true);
                Warn([DescribePlan.Rejected(candidate, plan)]);
            }
            else
            {
                string problem = candidate.Problem ?? noPlan!;
                Fail(candidate.Fault ?? (candidate.IsRegistered ? FanOutError.InvalidMapping(candidate.Id, candidate.SourceArn, problem) : FanOutError.InvalidSettings(candidate.Id, problem)));
            }

            return;
        }

        var check = new CheckTarget(candidate.Function, RegionOf(candidate.SourceArn));
        List<FanOutTargetCheck> checks = [.. check.Of(candidate), .. FindWayBack(candidate) is { } way ? [check.Loop(candidate, way)] : Array.Empty<FanOutTargetCheck>()];
        if (Environment && candidate is { Inspection: { } inspection, Mapping: { } mapping })
        {
            checks.AddRange(Await(inspection.OfAsync(mapping, StopToken)).Select(f => f.Of(candidate)));
        }

        if (Live && candidate.Mapping is { } taken && Engine.Events.SourceArn.IsOf(SourceKind.Kinesis, candidate.SourceArn) && ReadLive(candidate.SourceArn) is [_, ..] held
            && new CheckFormat(candidate.Function, RegionOf(candidate.SourceArn)).Of(candidate, taken, held) is { } format)
        {
            checks.Add(format);
        }

        if (plan is not null)
        {
            checks.Add(DescribePlan.Of(
                candidate, plan, Live ? "records of the source" : Record is null && EventPath is null ? null : "records", sender, check.OtherFilter(candidate, candidate.Mapping!)));
        }
        else if (candidate.Mapping is not null)
        {
            checks.Add(CheckTarget.New(candidate, "Plan", "Skipped", noPlan!));
        }

        if (Send && candidate is { Inspection: { } from, Mapping: { } target })
        {
            checks.Add(SendOne(candidate, from, target));
        }

        checks.Add(CheckTarget.Verdict(candidate, checks));
        WriteObject(checks, enumerateCollection: true);
    }

    // What is piped whole is looked at beside what else is piped: nothing is asked for it.
    private IReadOnlyList<Mapping>? FindWayBack(Candidate candidate) => candidate.Mapping is { } mapping
        ? FindLoop.Of(mapping, s => _candidates.Where(c => c.SourceArn == s && c.IsPiped && c.Function == candidate.Function).Select(static c => c.Mapping).OfType<Mapping>().Where(static m => m.Active).Concat(EnabledIn(candidate, s)))
        : null;

    private IReadOnlyList<Mapping> EnabledIn(Candidate candidate, string sourceArn)
    {
        if (candidate is not { Table: { } table, Inspection: { } function })
        {
            return [];
        }

        if (!_enabled.TryGetValue((function, sourceArn), out IReadOnlyList<Mapping>? found))
        {
            try
            {
                found = [.. Each(table.ReadAsync(sourceArn, StopToken)).Select(static r => r.Mapping).OfType<Mapping>().Where(static m => m.Active)];
            }
            catch (Exception e) when (e is AmazonServiceException or FanOutException)
            {
                WriteVerbose($"Whether records that are sent to {sourceArn} come back was not looked at: {Explain(e)}");
                found = [];
            }

            _enabled[(function, sourceArn)] = found;
        }

        return found;
    }

    private (IReadOnlyDictionary<string, Plan>? Plans, string? Problem) Plans(string sourceArn, Candidate[] candidates, DeliveryOptions options)
    {
        List<Mapping> mappings = [.. candidates.Select(static c => c.Mapping).OfType<Mapping>()];
        mappings.AddRange(Neighbours(sourceArn).Where(n => !mappings.Exists(m => m.Id == n.Id)));
        bool areChanges = mappings.Exists(static m => m.RecordFormat == RecordFormat.DynamoDbChanges);
        if (ReadEvent(sourceArn, mappings.Find(static m => m.HashKey is not null)?.HashKey, areChanges) is not { } json)
        {
            return (null, "The source holds no such record.");
        }

        IReadOnlyList<RecordGroup> groups;
        try
        {
            groups = EventReader.Read(json);
        }
        catch (Exception e) when (e is InvalidEventException or JsonException)
        {
            throw EventPath is null
                ? FanOutError.InvalidParameter(nameof(SourceArn), sourceArn, $"'{sourceArn}' is not a source of which an event can be made: {e.Message}")
                : FanOutError.InvalidParameter(nameof(EventPath), EventPath, $"does not hold an event of Lambda: {e.Message}");
        }

        if (groups.Count != 1)
        {
            throw FanOutError.InvalidParameter(nameof(EventPath), EventPath, $"holds records of {groups.Count} sources: Lambda hands over those of one.");
        }

        if (mappings.Count == 0)
        {
            return (null, "There is no valid mapping.");
        }

        return !Enum.GetValues<SourceKind>().Any(k => Engine.Events.SourceArn.IsOf(k, sourceArn) && Engine.Events.SourceArn.IsOf(k, groups[0].SourceArn))
            ? (null, $"The event is of {groups[0].SourceArn}, which is no source of this kind.")
            : (Await(new MakePlan(RegionOf(sourceArn), options, Time).OfAsync(json, mappings, StopToken)), "");
    }

    private byte[]? ReadEvent(string sourceArn, string? hashKey, bool areChanges)
    {
        if (!Live && (IsExplicit(nameof(Last)) || At is not null))
        {
            throw FanOutError.InvalidParameter(At is null ? nameof(Last) : nameof(At), null, "goes with -Live, which reads records of the source.");
        }

        if (Live)
        {
            return EventPath is not null || Record is not null
                ? throw FanOutError.InvalidParameter(nameof(Live), null, "reads records of the source, and -Record and -EventPath name others: give one of them.")
                : ReadLive(sourceArn) is [_, ..] found ? WriteEvent.Of(sourceArn, found) : null;
        }

        if (EventPath is { } path)
        {
            string file = GetUnresolvedProviderPathFromPSPath(path);
            return Record is not null ? throw FanOutError.InvalidParameter(nameof(EventPath), path, "and -Record both name what to plan for: give one of them.")
                : File.Exists(file) ? File.ReadAllBytes(file)
                : throw FanOutError.InvalidParameter(nameof(EventPath), path, $"names a file that is not there: {file}.");
        }

        if (Record is [])
        {
            throw FanOutError.InvalidParameter(nameof(Record), null, "is empty: give at least one record, or leave it out for samples.");
        }

        return WriteEvent.Of(sourceArn, Record is { } records ? new ReadRecords(sourceArn, hashKey, Time, areChanges).Of(records) : SampleRecords.Of(sourceArn, hashKey, Time, areChanges));
    }

    private IReadOnlyList<EventRecord> ReadLive(string sourceArn)
    {
        if (!_live.TryGetValue(sourceArn, out IReadOnlyList<EventRecord>? found))
        {
            IStreamService stream = OpenStream.Of(Session, sourceArn);
            _live[sourceArn] = found = Await(At is { } at
                ? new ReadSince(stream, Time, new Random()).OfAsync(at, Last, StopToken)
                : new ReadNewest(stream, Time, new Random()).OfAsync(Last, StopToken));
        }

        return found;
    }
}
