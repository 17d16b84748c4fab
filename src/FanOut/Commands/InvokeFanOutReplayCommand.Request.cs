using FanOut.DeadLetters;
using FanOut.DeadLetters.Replays;
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
    private void CheckShards(ReplayRequest request, IReplaySource source, ReplayCheckpoint? before)
    {
        if (request.ShardIds.Count == 0 || before is { IsComplete: true })
        {
            return;
        }

        string[] there = [.. Await(source.ListShardsAsync(StopToken)).Select(static s => s.Id)];
        string[] missing = [.. request.ShardIds.Except(there).Where(id => before?.Shards.GetValueOrDefault(id) is not { IsDone: true })];
        if (missing.Length > 0)
        {
            string rest = there.Length > MostShardsNamed ? $" and {there.Length - MostShardsNamed} more" : "";
            throw FanOutError.InvalidParameter(
                nameof(ShardId), missing, $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is no shard" : "are no shards")} of {request.Path ?? request.SourceArn}: it has {string.Join(", ", there.Take(MostShardsNamed))}{rest}.");
        }
    }

    /// <summary>Where the records are; a bucket, if one is named.</summary>
    private (IReplaySource Source, string? Path) Open(Chosen chosen)
    {
        if (NullIfEmpty(Path) is not { } path)
        {
            // The jitter of back-off is no secret.
#pragma warning disable CA5394
            return (new StreamSource(OpenStream.Of(chosen.Session, chosen.SourceArn), Time, new Random()), null);
#pragma warning restore CA5394
        }

        bool isBucket = BucketDestination.Looks(path) || (Arn.TryParse(path, out Arn? arn) && arn.Service == "s3");
        if (!isBucket || Await(FindLetterBox.OfAsync(chosen.Session, path, TimeSpan.Zero, null, StopToken)) is not BucketLetters letters)
        {
            throw FanOutError.InvalidParameter(nameof(Path), path, "takes the bucket and prefix where Lambda puts what it gives up: s3://bucket/prefix. Letters in queues and files of envelopes are sent by Resume-FanOutDeadLetter.");
        }

        return (new FileSource(letters, chosen.SourceArn, new Random()), letters.Name);
    }

    private ReplayRequest Request(Chosen chosen, string? path, ReplayCheckpoint? before)
    {
        ReplayStart from = ReplayStart.Of(From ?? before?.From ?? (path is null ? null : ReplayStart.Oldest) ?? throw FanOutError.InvalidParameter(nameof(From), null, "is missing: give a time, a sequence number, or TrimHorizon for all that the source still holds."))
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
            Path = path,
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
            (nameof(Path), before.Path ?? "", request.Path ?? ""),
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
