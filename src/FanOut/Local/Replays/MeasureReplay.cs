using System.Globalization;

namespace FanOut.Local.Replays;

/// <summary>Says how far a replay is, by the times of its records, or by the files that are read: how many there are is known only at the end.</summary>
/// <param name="source">Where the records are.</param>
/// <param name="request">What is replayed.</param>
/// <param name="recordsBefore">How many records earlier runs have settled.</param>
/// <param name="time">The clock.</param>
internal sealed class MeasureReplay(IReplaySource source, ReplayRequest request, long recordsBefore, TimeProvider time)
{
    // With less an estimate of the whole would jump about.
    private const double LeastShare = 0.01;

    /// <summary>About how many records there are in all; null: that cannot be said yet.</summary>
    public long? TotalOf(ReplayState state, int shards)
    {
        long done = state.Counts.Records;
        if (source.TotalOf(request, state.Shards) is { } ofRun)
        {
            return Math.Max(done, recordsBefore + ofRun);
        }

        if (request.Path is not null || request.To.Time is not { } to || request.From.SequenceNumber is not null || shards == 0)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        double share = state.Shards.Values.Sum(s => ShareOf(s, to < now ? to : now)) / shards;
        return share >= LeastShare ? (long)(done / share) : null;
    }

    /// <summary>The bytes so far and the lag: how long ago the oldest record came that may be sent next.</summary>
    public string RemarkOf(ReplayState state)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{state.Counts.Bytes / 1048576.0:N1} MB");
        DateTimeOffset? oldest = state.Shards.Values.Where(static s => !s.IsDone).Min(static s => s.Last);
        return source.IsInOrderOfTime && oldest is { } at && time.GetUtcNow() - at is var lag && lag > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"{size}, {(lag.TotalDays >= 1 ? $"{(int)lag.TotalDays} d " : "")}{lag:hh\\:mm\\:ss} behind")
            : size;
    }

    private double ShareOf(ReplayedShard shard, DateTimeOffset to)
    {
        if (shard.IsDone)
        {
            return 1;
        }

        DateTimeOffset? from = request.From.Time ?? shard.First;
        return from is { } begin && shard.Last is { } last && to > begin ? Math.Clamp((last - begin) / (to - begin), 0, 1) : 0;
    }
}
