using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.DeadLetters;
using FanOut.Errors;
using FanOut.Local;
using FanOut.Local.Replays;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>The replay itself.</content>
public sealed partial class InvokeFanOutReplayCommand
{
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
        ReplayCheckpoint? before = path is null ? null : CheckpointFile.Read(path);
        (IReplaySource source, string? prefix) = Open(chosen);
        using IReplaySource opened = source;
        ReplayRequest request = Request(chosen, prefix, before);
        CheckShards(request, source, before);
        if (!ShouldProcess(string.Join(", ", chosen.Ids), $"Send the records of {chosen.SourceArn}{(prefix is null ? "" : $" in {prefix}")} from {request.From} to {request.To}", out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf)
            {
                Estimate(chosen, request, source);
            }

            return;
        }

        using CheckpointFile? file = path is null ? null : new CheckpointFile(path);

        // Another run may have changed it while this one was asked about.
        before = path is null ? null : CheckpointFile.Read(path);
        request = before is null ? request : Request(chosen, prefix, before);
        using DeadLetterFile? letters = OpenLetters();
        Run(chosen, request, source, file, before, letters);
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

    private void Run(Chosen chosen, ReplayRequest request, IReplaySource source, CheckpointFile? file, ReplayCheckpoint? before, DeadLetterFile? letters)
    {
        if (request.From.Time is { } from && request.Path is null && Engine.Events.SourceArn.IsOf(Engine.Events.SourceKind.DynamoDb, chosen.SourceArn) && Time.GetUtcNow() - from > KeptByTables)
        {
            WriteWarning($"The stream of a table keeps records for a day: what is older than {(Time.GetUtcNow() - KeptByTables).LocalDateTime:s} is gone.");
        }

        var state = new ReplayState(before?.Shards, before?.Counts);
        long recordsBefore = state.Counts.Records;
        long started = Time.GetTimestamp();
        var targets = new LocalTargets(chosen.Session, chosen.FunctionName, Time);
        var engine = new LocalEngine(targets, Time, new Random()) { DeadLetters = letters };
        var news = new ReplayNews();
        var replay = new RunReplay(source, engine, request, state, news, Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Task<bool> running = before is { IsComplete: true } ? Task.FromResult(true) : Task.Run(() => replay.RunAsync(stop.Token), CancellationToken.None);
        try
        {
            Watch(running, request, source, replay, state, recordsBefore, news, () => Save(isComplete: false));
        }
        finally
        {
            // However it ends, the checkpoint says how far it came.
            stop.Cancel();
            Task.WhenAny(running).GetAwaiter().GetResult();
            Save(running is { IsCompletedSuccessfully: true, Result: true });
            _stopped = StopToken.IsCancellationRequested ? DescribeStop(chosen, state, replay) : null;
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
            Path = request.Path,
            Checkpoint = NullIfEmpty(Checkpoint),
            FunctionName = chosen.FunctionName,
            TableName = chosen.Table,
            Region = chosen.Session.Region,
        });

        Warn([WhyNothing(request, before, counts), .. before is { IsComplete: true } ? [] : source.Warnings]);
        if (counts.DeadLettered > 0)
        {
            string refused = NullIfEmpty(DeadLetterPath) is { } given ? GetUnresolvedProviderPathFromPSPath(given) : "the file of -DeadLetterPath";
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.DeadLettered:N0} records were not taken by their targets: they are in {refused} alone, each with the reason. To send them again: Resume-FanOutDeadLetter -Path {RepairCommand.Quoted(refused)}"));
        }

        void Save(bool isComplete) => file?.Write(new ReplayCheckpoint
        {
            SourceArn = chosen.SourceArn,
            Path = request.Path,
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
}
