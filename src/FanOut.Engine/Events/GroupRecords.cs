using System.Runtime.InteropServices;
using System.Text;
using FanOut.Engine.Pooling;

namespace FanOut.Engine.Events;

/// <summary>Groups records by source as they are read.</summary>
internal sealed class GroupRecords
{
    private readonly List<RecordGroup> _groups = [];

    // Records without a source that stand before the first that has one.
    private List<StreamRecord>? _first;
    private PooledList<StreamRecord>? _last;

    /// <summary>The groups, in the order in which their sources came.</summary>
    public IReadOnlyList<RecordGroup> Groups => _groups;

    /// <summary>What is wrong with the first record that belongs to no group; null: there is no such record.</summary>
    public string? Unplaced => _groups.Count == 0 ? _first?[0].Problem : null;

    /// <summary>Adds a record to the group of its source.</summary>
    /// <remarks>
    /// A record whose source is not known goes with its neighbour: an event source mapping reads one source, so all records of a batch come from it.
    /// </remarks>
    public void Add(in ReadRecord read)
    {
        if (read.Kind is { } kind && !read.Source.IsEmpty && GroupOf(kind, read.Source) is { } group)
        {
            _last = (PooledList<StreamRecord>)group.Records;
            _last.Add(read.Record);
            if (read.Mark is { } mark)
            {
                group.MarkLast(mark);
            }

            return;
        }

        StreamRecord unplaced = read.Record with
        {
            Key = default,
            Data = default,
            OldImage = default,
            Problem = read.Record.Problem ?? "The record cannot be read: the ARN of its source is not that of a stream or topic of its kind.",
        };
        if (_last is null)
        {
            (_first ??= []).Add(unplaced);
        }
        else
        {
            _last.Add(unplaced);
        }
    }

    /// <summary>The group of a source, be it new; null: the ARN is not that of a source of its kind.</summary>
    /// <param name="kind">What kind of source it is.</param>
    /// <param name="source">The ARN in the record.</param>
    public RecordGroup? GroupOf(SourceKind kind, ReadOnlySpan<byte> source)
    {
        // Nearly always all records are of one source: look at the last group first, and compare without making a string.
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            if (Matches(source, _groups[i].SourceArn))
            {
                return _groups[i].Kind == kind ? _groups[i] : null;
            }
        }

        string arn = SourceArn.WithoutConsumer(Encoding.UTF8.GetString(source));
        if (!SourceArn.IsOf(kind, arn))
        {
            return null;
        }

        var records = new PooledList<StreamRecord>(64);
        records.AddRange(CollectionsMarshal.AsSpan(_first));
        _first = null;
        _groups.Add(new RecordGroup(arn, kind, records));
        return _groups[^1];
    }

    private static bool Matches(ReadOnlySpan<byte> source, string arn) =>
        source.Length >= arn.Length && Ascii.Equals(source[..arn.Length], arn) &&
        (source.Length == arn.Length || source[arn.Length..].StartsWith("/consumer/"u8));
}
