namespace FanOut.Local.Streams;

/// <summary>How far a shard has been read.</summary>
/// <param name="from">Where it begins.</param>
internal sealed class ShardPlace(ShardPosition from)
{
    private ShardPosition _position = from;
    private DateTimeOffset? _since = from.Time is { } time ? WholeSecond(time) : null;
    private bool _isTrimmed;
    private bool _isFresh = true;

    /// <summary>The iterator to read on with; null: it is to be asked for, or the shard has ended.</summary>
    public string? Iterator { get; set; }

    /// <summary>The position to ask an iterator for. Behind a record it is the record itself: that it is gone shows only there.</summary>
    public ShardPosition Wanted => _position is { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: { } number } ? ShardPosition.At(number) : _position;

    /// <summary>The iterator has expired.</summary>
    public void Renew() => (Iterator, _isFresh) = (null, true);

    /// <summary>What was to be read next is gone: it goes on with the oldest record that there is.</summary>
    public void Trim() => (Iterator, _position, _isTrimmed, _isFresh) = (null, ShardPosition.TrimHorizon, true, true);

    /// <summary>Goes on behind a page.</summary>
    /// <returns>The page, without what was not asked for.</returns>
    public StreamPage Pass(StreamPage page)
    {
        Iterator = page.Next;
        if (page.Records.Count == 0)
        {
            return page;
        }

        int skipped = 0;
        if (_isFresh && _position.SequenceNumber is { } number)
        {
            // Where a record is gone, Kinesis reads on with the oldest one that there is; that is not documented, it may also refuse the call.
            int order = SequenceNumbers.Compare(page.Records[0].SequenceNumber, number);
            _isTrimmed |= order > 0;
            skipped = order == 0 && _position.Type == "AFTER_SEQUENCE_NUMBER" ? 1 : 0;
        }

        if (_since is { } since)
        {
            while (skipped < page.Records.Count && page.Records[skipped].Time < since)
            {
                skipped++;
            }

            _since = skipped == page.Records.Count ? since : null;
        }

        StreamPage wanted = page with { Records = skipped == 0 ? page.Records : [.. page.Records.Skip(skipped)], IsTrimmed = _isTrimmed };
        (_position, _isTrimmed, _isFresh) = (ShardPosition.After(page.Records[^1].SequenceNumber), false, false);
        return wanted;
    }

    // DynamoDB Streams knows the second in which an item was changed.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
