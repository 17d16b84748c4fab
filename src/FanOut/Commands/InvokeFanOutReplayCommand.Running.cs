using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Local;
using FanOut.Local.Replays;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>The replay itself, and what is told of it.</content>
public sealed partial class InvokeFanOutReplayCommand
{
    private const int ActivityId = 1634, MostShardsNamed = 10;

    // By so much the clocks of this computer and of AWS may differ, which sign and check requests: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200), BetweenCheckpoints = TimeSpan.FromSeconds(1);

    // Of DynamoDB's streams: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
    private static readonly TimeSpan KeptByTables = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (_chosen.Count > 1 && (NullIfEmpty(Checkpoint) ?? NullIfEmpty(DeadLetterPath)) is { } file)
        {
            throw FanOutError.InvalidParameter(NullIfEmpty(Checkpoint) is null ? nameof(DeadLetterPath) : nameof(Checkpoint), file, "is a file of one replay, and the targets have several sources: replay one source at a time.");
        }

        foreach (Chosen chosen in _chosen)
        {
            Guard(() => Replay(chosen));
        }
    }

    private void Replay(Chosen chosen)
    {
        string? path = NullIfEmpty(Checkpoint) is { } given ? GetUnresolvedProviderPathFromPSPath(given) : null;
        ReplayRequest request = Request(chosen, path is null ? null : CheckpointFile.Read(path));
        IStreamService stream = OpenStream.Of(chosen.Session, chosen.SourceArn);
        CheckShards(request, stream, path is null ? null : CheckpointFile.Read(path));
        if (!ShouldProcess(string.Join(", ", chosen.Ids), $"Send the records of {chosen.SourceArn} from {request.From} to {request.To}", out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf)
            {
                Estimate(chosen, request, stream);
            }

            return;
        }

        using CheckpointFile? file = path is null ? null : new CheckpointFile(path);
        ReplayCheckpoint? before = path is null ? null : CheckpointFile.Read(path);

        // Another run may have changed it while this one was asked about.
        request = before is null ? request : Request(chosen, before);
        using DeadLetterFile? letters = OpenLetters();
        Run(chosen, request, stream, file, before, letters);
    }

    private DeadLetterFile? OpenLetters()
    {
        if (NullIfEmpty(DeadLetterPath) is not { } given)
        {
            return null;
        }

        string path = GetUnresolvedProviderPathFromPSPath(given);
        try
        {
            return new DeadLetterFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw FanOutError.FileNotWritten(path, e, hasForce: false);
        }
    }

    // A name that is misspelt would replay nothing, and look done. A shard that was replayed may be gone by now.
    private void CheckShards(ReplayRequest request, IStreamService stream, ReplayCheckpoint? before)
    {
        if (request.ShardIds.Count == 0 || before is { IsComplete: true })
        {
            return;
        }

        string[] there = [.. Await(stream.ListShardsAsync(StopToken)).Select(static s => s.Id)];
        string[] missing = [.. request.ShardIds.Except(there).Where(id => before?.Shards.GetValueOrDefault(id) is not { IsDone: true })];
        if (missing.Length > 0)
        {
            string rest = there.Length > MostShardsNamed ? $" and {there.Length - MostShardsNamed} more" : "";
            throw FanOutError.InvalidParameter(
                nameof(ShardId), missing, $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is no shard" : "are no shards")} of {request.SourceArn}: it has {string.Join(", ", there.Take(MostShardsNamed))}{rest}.");
        }
    }

    private ReplayRequest Request(Chosen chosen, ReplayCheckpoint? before)
    {
        ReplayStart from = ReplayStart.Of(From ?? before?.From ?? throw FanOutError.InvalidParameter(nameof(From), null, "is missing: give a time, a sequence number, or TrimHorizon for all that the source still holds."))
            ?? throw FanOutError.InvalidParameter(nameof(From), From, $"is '{From}'; it takes a time, a sequence number, or TrimHorizon.");
        ReplayEnd to = ReplayEnd.Of(To ?? before?.To ?? (object)(Time.GetUtcNow() + ClockDifference)) ?? throw FanOutError.InvalidParameter(nameof(To), To, $"is '{To}'; it takes a time or a sequence number.");
        string[] shards = [.. ShardId.Where(static s => s.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        if ((from.SequenceNumber is not null || to.SequenceNumber is not null) && shards.Length != 1)
        {
            throw FanOutError.InvalidParameter(nameof(ShardId), null, "must name the shard of a sequence number: give one.");
        }

        if (from.Time > Time.GetUtcNow() + ClockDifference)
        {
            throw FanOutError.InvalidParameter(nameof(From), From, "lies ahead: a replay sends what has come by now. Connect-FanOutSource sends what comes.");
        }

        if (To is not null && to.Time > Time.GetUtcNow())
        {
            throw FanOutError.InvalidParameter(nameof(To), To, "lies ahead: a replay ends with what has come by now. Connect-FanOutSource sends what comes.");
        }

        if (to.Time < from.Time || (to.SequenceNumber is { } last && from.SequenceNumber is { } first && SequenceNumbers.Compare(last, first) < 0))
        {
            throw FanOutError.InvalidParameter(nameof(To), To, $"lies before -{nameof(From)}.");
        }

        var request = new ReplayRequest(chosen.SourceArn, [.. chosen.Mappings.Select(Effective)], from, to)
        {
            ShardIds = shards,
            ShardsAtATime = ThrottleLimit,
            MaxRecordsPerSecond = MaxRecordsPerSecond,
            RetryTimeout = RetryTimeout,
        };
        if (before is not null)
        {
            Compare(chosen, request, before);
        }

        return request;
    }

    // What is not taken blocks, or goes to the file: not to the mapping's own dead letter.
    private Mapping Effective(Mapping mapping) => mapping with { OnFailure = NullIfEmpty(DeadLetterPath) is null ? OnFailure.Block : OnFailure.DeadLetter };

    private void Compare(Chosen chosen, ReplayRequest request, ReplayCheckpoint before)
    {
        foreach ((string parameter, string there, string given) in new[]
        {
            (nameof(SourceArn), before.SourceArn, chosen.SourceArn),
            (nameof(TableName), before.TableName, chosen.Table),
            (nameof(Id), string.Join(", ", before.Ids), string.Join(", ", chosen.Ids)),
            (nameof(ShardId), string.Join(", ", before.ShardIds), string.Join(", ", request.ShardIds)),
            (nameof(From), before.From, request.From.ToString()),
            (nameof(To), before.To, request.To.ToString()),
        })
        {
            if (there != given)
            {
                throw FanOutError.CheckpointMismatch(NullIfEmpty(Checkpoint)!, parameter, there, given);
            }
        }
    }

    private void Estimate(Chosen chosen, ReplayRequest request, IStreamService stream)
    {
        ReplayEstimate estimate = Await(new EstimateReplay(stream, request, chosen.Session.Region, Time, new Random()).RunAsync(StopToken));
        WriteObject(new FanOutReplay
        {
            State = "Estimated",
            SourceArn = chosen.SourceArn,
            Id = chosen.Ids,
            From = request.From.ToString(),
            To = request.To.ToString(),
            Records = estimate.Records,
            Bytes = estimate.Bytes,
            Shards = estimate.Shards,
            Duration = estimate.Duration,
            RecordsPerSecond = estimate.Duration > TimeSpan.Zero ? Math.Round(estimate.Records / estimate.Duration.TotalSeconds, 1) : 0,
            Calls = estimate.Calls,
            Cost = estimate.Cost,
            Status = string.Create(
                CultureInfo.InvariantCulture,
                $"{(estimate.IsRough ? "very roughly" : "about")} {estimate.Records:N0} records, {estimate.Bytes / 1048576.0:N1} MB, {estimate.Calls:N0} calls, ${estimate.Cost:0.######}, at least {estimate.Duration}, by {estimate.Sampled} of {estimate.Shards} shards"),
            Checkpoint = NullIfEmpty(Checkpoint),
            FunctionName = chosen.FunctionName,
            TableName = chosen.Table,
            Region = chosen.Session.Region,
        });
        if (estimate.IsRough)
        {
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"The estimate is very rough: it takes for granted that records came all the time as they did in the {estimate.SampleSpan.TotalSeconds:0.#} s that were looked at, and these are {estimate.Factor:N0} times less than what is to be replayed. After a burst there are far fewer."));
        }
    }

    private void Run(Chosen chosen, ReplayRequest request, IStreamService stream, CheckpointFile? file, ReplayCheckpoint? before, DeadLetterFile? letters)
    {
        if (request.From.Time is { } from && stream is TableShards && Time.GetUtcNow() - from > KeptByTables)
        {
            WriteWarning($"The stream of a table keeps records for a day: what is older than {(Time.GetUtcNow() - KeptByTables).LocalDateTime:s} is gone.");
        }

        var state = new ReplayState(before?.Shards, before?.Counts);
        long recordsBefore = state.Counts.Records;
        long started = Time.GetTimestamp();
        var targets = new LocalTargets(chosen.Session, chosen.FunctionName, Time);
        var engine = new LocalEngine(targets, Time, new Random()) { DeadLetters = letters };
        var news = new ReplayNews();
        var replay = new RunReplay(stream, engine, request, state, news, Time, new Random());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Task<bool> running = before is { IsComplete: true } ? Task.FromResult(true) : Task.Run(() => replay.RunAsync(stop.Token), CancellationToken.None);
        try
        {
            Watch(running, request, replay, state, recordsBefore, news, () => Save(isComplete: false));
        }
        finally
        {
            // However it ends, the checkpoint says how far it came.
            stop.Cancel();
            Task.WhenAny(running).GetAwaiter().GetResult();
            Save(running is { IsCompletedSuccessfully: true, Result: true });
            targets.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        bool isWhole = Await(running);
        ReplayCounts counts = state.Counts;
        TimeSpan duration = Time.GetElapsedTime(started);
        double rate = duration > TimeSpan.Zero ? (counts.Records - recordsBefore) / duration.TotalSeconds : 0;
        int done = state.Shards.Values.Count(static s => s.IsDone);
        WriteObject(new FanOutReplay
        {
            State = isWhole ? "Complete" : "Stopped",
            SourceArn = chosen.SourceArn,
            Id = chosen.Ids,
            From = request.From.ToString(),
            To = request.To.ToString(),
            Records = counts.Records,
            Bytes = counts.Bytes,
            Delivered = counts.Delivered,
            Filtered = counts.Filtered,
            DeadLettered = counts.DeadLettered,
            Shards = Math.Max(replay.Shards, done),
            ShardsDone = done,
            Duration = duration,
            RecordsPerSecond = Math.Round(rate, 1),
            Status = Describe(counts, isWhole, done, Math.Max(replay.Shards, done)),
            Checkpoint = NullIfEmpty(Checkpoint),
            FunctionName = chosen.FunctionName,
            TableName = chosen.Table,
            Region = chosen.Session.Region,
        });

        if (counts.DeadLettered > 0)
        {
            string refused = NullIfEmpty(DeadLetterPath) is { } given ? GetUnresolvedProviderPathFromPSPath(given) : "the file of -DeadLetterPath";
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.DeadLettered:N0} records were not taken by their targets: they are in {refused} alone, each with the reason. To send them again, put the file into a bucket (aws s3 cp {RepairCommand.Quoted(refused)} s3://BUCKET/refused.ndjson), then run: Resume-FanOutDeadLetter s3://BUCKET/refused.ndjson"));
        }

        void Save(bool isComplete) => file?.Write(new ReplayCheckpoint
        {
            SourceArn = chosen.SourceArn,
            TableName = chosen.Table,
            Ids = chosen.Ids,
            ShardIds = request.ShardIds,
            From = request.From.ToString(),
            To = request.To.ToString(),
            IsComplete = isComplete,
            Shards = state.Shards,
            Counts = state.Counts,
        });
    }

    private void Watch(Task<bool> running, ReplayRequest request, RunReplay replay, ReplayState state, long recordsBefore, ReplayNews news, Action save)
    {
        var progress = new TransferProgress(ActivityId, $"Replaying {EventSource.Describe(request.SourceArn).Name}", Time, recordsBefore);
        var measure = new MeasureReplay(request, Time);
        long saved = Time.GetTimestamp();
        while (!running.IsCompleted)
        {
            Await(Task.WhenAny(running, Task.Delay(BetweenLooks, Time, StopToken)));
            Tell(request, news);
            if (Time.GetElapsedTime(saved) >= BetweenCheckpoints)
            {
                save();
                saved = Time.GetTimestamp();
            }

            if (progress.Show(state.Counts.Records, measure.TotalOf(state, replay.Shards), measure.RemarkOf(state)) is { } bar)
            {
                WriteProgress(bar);
            }
        }

        Tell(request, news);
        WriteProgress(progress.End());
    }

    private void Tell(ReplayRequest request, ReplayNews news)
    {
        foreach ((string shardId, string wanted, string oldest) in news.TakeTrimmed())
        {
            Fail(FanOutError.RecordsTrimmed(shardId, request.SourceArn, wanted, oldest));
        }

        foreach (ShardStop stopped in news.TakeStops())
        {
            Fail(FanOutError.ReplayStopped(stopped, request.SourceArn, NullIfEmpty(Checkpoint), Identity));
        }
    }

    private static string Describe(ReplayCounts counts, bool isWhole, int done, int shards)
    {
        // Where it stopped, a target may have more than the records that all of them have.
        string all = string.Create(CultureInfo.InvariantCulture, $"{(isWhole ? $"{counts.Records.ToString("N0", CultureInfo.InvariantCulture)} records" : $"{done} of {shards} shards done")}: {counts.Delivered:N0} delivered");
        string filtered = counts.Filtered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {counts.Filtered:N0} filtered") : "";
        string dead = counts.DeadLettered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {counts.DeadLettered:N0} dead-lettered") : "";
        return all + filtered + dead;
    }
}
