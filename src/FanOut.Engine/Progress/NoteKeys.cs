using System.Globalization;
using System.Text;
using FanOut.Engine.Events;

namespace FanOut.Engine.Progress;

/// <summary>Where the notes on a batch's records stand in the table.</summary>
/// <remarks>
/// <code>
/// hash key   "#progress:" source's ARN
/// range key  "#" shard "#" digits of the sequence number, three of them "," the sequence number of the last record that the note is about
/// </code>
/// So range keys sort as numbers do, however long they are: those of Kinesis have up to 129 digits, those of DynamoDB 21 to 40. All notes that
/// can be about a batch end at its first record or behind it. DynamoDB's events name no shard: there the shards of a table share the range.
/// Messages of a topic have no order, but come again as they came: they are found by the first one's id.
/// </remarks>
internal sealed class NoteKeys
{
    /// <summary>What the hash keys begin with.</summary>
    public const string HashPrefix = "#progress:";

    private readonly RecordGroup _group;
    private readonly string _prefix;

    public NoteKeys(RecordGroup group)
    {
        _group = group;
        Hash = HashOf(group.SourceArn);
        Shard = group.Kind == SourceKind.Kinesis ? group.Records.Select(static r => EventFacts.Of(r).ShardId).FirstOrDefault(static s => s is not null) : null;
        _prefix = $"#{Shard}#";
        if (LowestOf(0, group.Records.Count) is not { } first || Extreme(0, group.Records.Count, 1) is not { } last)
        {
            First = Last = null;
            From = To = $"##id:{Encoding.UTF8.GetString(group.Records[0].SequenceNumber.Span)}";
            return;
        }

        (First, Last) = (first, last);
        (From, To) = (_prefix + first, _prefix + "~");
    }

    /// <summary>The hash key.</summary>
    public string Hash { get; }

    /// <summary>Kinesis: the shard, where the event says so; else null.</summary>
    public string? Shard { get; }

    /// <summary>The batch's first sequence number, in the form that sorts; null: its records have no order.</summary>
    public string? First { get; }

    /// <summary>The batch's last sequence number, in the form that sorts; null: its records have no order.</summary>
    public string? Last { get; }

    /// <summary>The first range key that a note on the batch's records can have.</summary>
    public string From { get; }

    /// <summary>What stands behind the last such range key.</summary>
    public string To { get; }

    /// <summary>The hash key of a source's notes.</summary>
    public static string HashOf(string sourceArn) => HashPrefix + sourceArn;

    /// <summary>The range key of a note on some of the records.</summary>
    /// <param name="start">The first one's position.</param>
    /// <param name="count">How many they are.</param>
    public string Of(int start, int count) => Extreme(start, count, 1) is { } last ? _prefix + last : From;

    /// <summary>The lowest sequence number of some of the records, in the form that sorts; null: they have no order.</summary>
    /// <param name="start">The first one's position.</param>
    /// <param name="count">How many they are.</param>
    public string? LowestOf(int start, int count) => Extreme(start, count, -1);

    // The lowest or the highest sequence number. Lambda's batches are in order; events by hand may be in any.
    private string? Extreme(int start, int count, int sign)
    {
        ReadOnlySpan<byte> extreme = default;
        for (int i = start; i < start + count; i++)
        {
            ReadOnlySpan<byte> number = _group.Records[i].SequenceNumber.Span.TrimStart((byte)'0');
            if (_group.Kind == SourceKind.Sns || number.Length > 999 || number.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return null;
            }

            // A record that cannot be read may have none.
            if (!number.IsEmpty && (extreme.IsEmpty || Math.Sign(Compare(number, extreme)) == sign))
            {
                extreme = number;
            }
        }

        return extreme.IsEmpty ? null : string.Create(CultureInfo.InvariantCulture, $"{extreme.Length:000},{Encoding.ASCII.GetString(extreme)}");
    }

    private static int Compare(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => x.Length != y.Length ? x.Length - y.Length : x.SequenceCompareTo(y);
}
