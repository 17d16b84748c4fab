namespace FanOut.Tests.Progress.Play;

/// <summary>
/// Plays Lambda's event source mapping with one shard, by the documented rules; what they leave open is left to chance:
/// <list type="bullet">
/// <item>The lowest sequence number of a partial answer is the checkpoint: what is before it is done, what follows is sent again. An error, or a
/// failure without ReportBatchItemFailures, fails the whole batch.
/// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html</item>
/// <item>BisectBatchOnFunctionError splits a batch of which nothing was done in two; after a partial success it is split at the checkpoint. Splitting
/// does not count as a retry. https://docs.aws.amazon.com/lambda/latest/dg/API_CreateEventSourceMapping.html. Where the first record is the checkpoint, the guide does
/// not say whether the batch is halved: both happens.</item>
/// <item>MaximumRetryAttempts and MaximumRecordAgeInSeconds discard what failed for too often or too long.
/// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html</item>
/// <item>ParallelizationFactor: several batches of a shard at a time, in order per partition key.
/// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html</item>
/// <item>A batch may be sent again while the function is still at work at it, or after its answer was lost: event source mappings
/// process at least once. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html</item>
/// </list>
/// </summary>
internal sealed class PlayedMapping
{
    private readonly PlayedSettings _settings;
    private readonly Random _random;
    private readonly Lane[] _lanes;

    public PlayedMapping(Shard shard, PlayedSettings settings, Random random)
    {
        (_settings, _random) = (settings, random);
        _lanes = [.. Enumerable.Range(0, settings.Lanes).Select(lane => new Lane([.. Enumerable.Range(0, shard.Count).Where(i => Spread(shard.Keys[i]) % settings.Lanes == lane)]))];
    }

    /// <summary>Records that were given up.</summary>
    public HashSet<int> Discarded { get; } = [];

    /// <summary>Whether all records are done or given up.</summary>
    public bool IsThrough => _lanes.All(static l => l.IsThrough);

    /// <summary>The records of the next invocation, of any lane that has some left, and what to do with its answer.</summary>
    public (IReadOnlyList<int> Records, Action<PlayedAnswer> Settle) Next()
    {
        Lane[] left = [.. _lanes.Where(static l => !l.IsThrough)];
        Lane lane = left[_random.Next(left.Length)];
        if (!lane.Pieces.TryPop(out Piece? piece))
        {
            piece = new Piece(lane.Take(_settings.BatchSize), 0);
        }

        if (piece.Failures > 0 && Happens(_settings.Expiry))
        {
            int expired = _random.Next(1, piece.Records.Count + 1);
            Discarded.UnionWith(piece.Records.Take(expired));
            piece = new Piece([.. piece.Records.Skip(expired)], 0);
        }

        return (piece.Records, answer => Settle(lane, piece, answer));
    }

    private void Settle(Lane lane, Piece piece, PlayedAnswer answer)
    {
        int checkpoint = answer.IsLost ? 0 : answer.FirstFailed == piece.Records.Count || _settings.Reports ? answer.FirstFailed : 0;
        if (checkpoint == piece.Records.Count)
        {
            return;
        }

        if (checkpoint > 0)
        {
            List<int> rest = [.. piece.Records.Skip(checkpoint)];
            if (lane.Pieces.Count == 0 && Happens(_settings.Refills))
            {
                rest.AddRange(lane.Take(_settings.BatchSize - rest.Count));
            }

            lane.Pieces.Push(new Piece(rest, 0));
        }
        else if (_settings.Bisects && piece.Records.Count > 1 && (!_settings.Reports || Happens(0.7)))
        {
            int half = piece.Records.Count / 2;
            lane.Pieces.Push(new Piece([.. piece.Records.Skip(half)], 0));
            lane.Pieces.Push(new Piece([.. piece.Records.Take(half)], 0));
        }
        else if (piece.Failures < _settings.Retries)
        {
            lane.Pieces.Push(piece with { Failures = piece.Failures + 1 });
        }
        else
        {
            Discarded.UnionWith(piece.Records);
        }
    }

    private bool Happens(double probability) => _random.NextDouble() < probability;

    private static int Spread(string key) => key.Sum(static c => c);

    private sealed record Piece(IReadOnlyList<int> Records, int Failures);

    private sealed class Lane(int[] records)
    {
        private int _position;

        public Stack<Piece> Pieces { get; } = [];

        public bool IsThrough => _position == records.Length && Pieces.Count == 0;

        public int[] Take(int count)
        {
            int[] taken = records[_position..Math.Min(records.Length, _position + count)];
            _position += taken.Length;
            return taken;
        }
    }
}
