using System.Globalization;
using FanOut.Errors;
using FanOut.Local.Replays;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>What is told of a replay: before it, while it runs, and at its end.</content>
public sealed partial class InvokeFanOutReplayCommand
{
    private const int ActivityId = 1634;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200), BetweenCheckpoints = TimeSpan.FromSeconds(1);

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
