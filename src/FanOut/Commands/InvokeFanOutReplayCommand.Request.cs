using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Local.Replays;
using FanOut.Local.Streams;

namespace FanOut.Commands;

/// <content>What is asked for, checked before anything is sent.</content>
public sealed partial class InvokeFanOutReplayCommand
{
    private const int MostShardsNamed = 10;

    // By so much the clocks of this computer and of AWS may differ, which sign and check requests: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

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
}
