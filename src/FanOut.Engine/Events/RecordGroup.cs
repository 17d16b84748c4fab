namespace FanOut.Engine.Events;

/// <summary>The records of an event that come from one source, in the event's order.</summary>
/// <param name="SourceArn">The stream's or topic's ARN; the consumer of enhanced fan-out is not part of it.</param>
/// <param name="Kind">What kind of source it is.</param>
/// <param name="Records">The records.</param>
public sealed record RecordGroup(string SourceArn, SourceKind Kind, IReadOnlyList<StreamRecord> Records) : IDisposable
{
    // Nobody needs more, and each costs a line of the log.
    private const int MostMarked = 10;

    private List<MarkedRecord>? _marked;

    /// <summary>Changes of tables that a Kinesis stream carries: the stream's own records, at the same positions; null: the records are the event's own.</summary>
    public RecordGroup? Carrier { get; init; }

    /// <summary>The records that somebody has marked to see what becomes of them, ten at most; null: none, as nearly always.</summary>
    public IReadOnlyList<MarkedRecord>? Marked => _marked;

    /// <summary>
    /// Whether the source's event source mapping understands <c>batchItemFailures</c>. SNS invokes the function without an event source mapping.
    /// </summary>
    public bool ReportsItems => Kind != SourceKind.Sns;

    /// <summary>The records are not needed any more: their memory may be used for others.</summary>
    public void Dispose() => (Records as IDisposable)?.Dispose();

    /// <summary>When a record came to its source; null: the event does not say so. Read from the event anew, as delivery does not need it.</summary>
    public DateTimeOffset? ArrivalOf(int record) => EventFacts.Of(Records[record]).ArrivalTime;

    /// <summary>Notes that the last record has a mark.</summary>
    internal void MarkLast(string mark)
    {
        _marked ??= [];
        if (_marked.Count < MostMarked)
        {
            _marked.Add(new MarkedRecord(Records.Count - 1, mark));
        }
    }

    /// <summary>The record itself, or, if it has no sequence number, the nearest one before it that has; null: there is none.</summary>
    /// <param name="record">The record's position.</param>
    public int? LastNumbered(int record)
    {
        while (record >= 0 && Records[record].SequenceNumber.IsEmpty)
        {
            record--;
        }

        return record < 0 ? null : record;
    }
}
