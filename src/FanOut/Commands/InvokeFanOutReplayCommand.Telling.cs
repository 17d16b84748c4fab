using System.Globalization;
using FanOut.Errors;
using FanOut.Local.Replays;
using FanOut.Local.Transfers;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>What is told of a replay: before it, while it runs, and at its end.</content>
public sealed partial class InvokeFanOutReplayCommand
{
    private const int ActivityId = 1634;

    // What is to be said when the pipeline has been stopped.
    private string? _stopped;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200), BetweenCheckpoints = TimeSpan.FromSeconds(1);

    private void Estimate(Chosen chosen, ReplayRequest request, IReplaySource source)
    {
        ReplayEstimate estimate = Await(new EstimateReplay(source, request, chosen.Session.Region, Time).RunAsync(StopToken));
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
                $"{(estimate.IsRough ? "roughly" : "about")} {estimate.Records:N0} records, {estimate.Bytes / 1048576.0:N1} MB, {estimate.Calls:N0} calls, ${estimate.Cost:0.######}{(estimate.Duration > TimeSpan.Zero ? $", at least {estimate.Duration}" : "")}, by {estimate.Basis}"),
            Path = request.Path,
            Checkpoint = NullIfEmpty(Checkpoint),
            FunctionName = chosen.FunctionName,
            TableName = chosen.Table,
            Region = chosen.Session.Region,
        });
        Warn([estimate.Doubt, .. source.Warnings]);
    }

    private void Watch(Task<bool> running, ReplayRequest request, IReplaySource source, RunReplay replay, ReplayState state, long recordsBefore, ReplayNews news, Action save)
    {
        var progress = new TransferProgress(ActivityId, $"Replaying {EventSource.Describe(request.SourceArn).Name}", Time, recordsBefore);
        var measure = new MeasureReplay(source, request, recordsBefore, Time);
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

            long settled = state.Counts.Records;
            if (progress.Show(settled, measure.TotalOf(state, replay.Shards), measure.RemarkOf(state)) is { } bar)
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

    // A wrong date must not look like a replay that went well.
    private string? WhyNothing(ReplayRequest request, ReplayCheckpoint? before, ReplayCounts counts) =>
        before is { IsComplete: true } ? $"Nothing was sent: by {Checkpoint} this replay was complete already. Without it, or with another -Checkpoint, it begins anew."
        : counts.Records == 0 && request.From.Time is not null ? $"Nothing was sent: no record of {request.Path ?? request.SourceArn} came between {request.From} and {request.To}."
        : null;

    /// <inheritdoc/>
    private protected override void Settle()
    {
        if (IsAfterwards && _stopped is { } text)
        {
            _stopped = null;
            WriteWarning(text);
        }

        base.Settle();
    }

    // Nobody gets the summary of a replay that was stopped.
    private string DescribeStop(Chosen chosen, ReplayState state, RunReplay replay)
    {
        int done = state.Shards.Values.Count(static s => s.IsDone);
        string goOn = NullIfEmpty(Checkpoint) is { } checkpoint
            ? $"To go on, run the same command again: {checkpoint} has how far it is. What was under way is sent once more."
            : "Without -Checkpoint nobody knows how far each shard is: the same command begins anew, and sends again what was sent.";
        return $"Stopped. {string.Create(CultureInfo.InvariantCulture, $"{state.Counts.Records:N0}")} records of {chosen.SourceArn} are settled; {Describe(state.Counts, isWhole: false, done, Math.Max(replay.Shards, done))}. {goOn}";
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
