using System.Collections;
using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>What a target did not get, each with its own reason.</summary>
/// <remarks>
/// Neighbours that failed together, in one call or for want of one, take the room of one: of an event with tens of thousands of records, all of which ten
/// targets refuse, little is held.
/// </remarks>
public sealed class UndeliveredCollection : IReadOnlyCollection<Undelivered>
{
    private readonly List<Neighbours> _runs = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>All of them in the records' order. Blocks that are sent at the same time fail in any.</summary>
    public IEnumerable<Undelivered> InOrder()
    {
        Neighbours[] sorted = [.. _runs];
        Array.Sort(sorted, static (a, b) => (a.First.Record, a.First.SubSequence ?? -1).CompareTo((b.First.Record, b.First.SubSequence ?? -1)));
        return sorted.SelectMany(Of);
    }

    /// <inheritdoc/>
    public IEnumerator<Undelivered> GetEnumerator() => _runs.SelectMany(Of).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds one.</summary>
    internal void Add(int record, int? subSequence, Failure failure, Attempts attempts)
    {
        Count++;
        if (_runs.Count > 0 && _runs[^1] is var last && last.IsFollowedBy(record, subSequence)
            && ReferenceEquals(last.First.Failure, failure) && ReferenceEquals(last.First.Attempts, attempts))
        {
            _runs[^1] = last with { Count = last.Count + 1 };
            return;
        }

        _runs.Add(new Neighbours(new Undelivered(record, subSequence, failure, attempts), 1));
    }

    private static IEnumerable<Undelivered> Of(Neighbours run) => Enumerable.Range(0, run.Count).Select(run.At);

    // Whole records, or records of one aggregate.
    private readonly record struct Neighbours(Undelivered First, int Count)
    {
        public bool IsFollowedBy(int record, int? subSequence) => First.SubSequence is { } sub
            ? record == First.Record && subSequence == sub + Count
            : subSequence is null && record == First.Record + Count;

        public Undelivered At(int index) => First.SubSequence is { } sub ? First with { SubSequence = sub + index } : First with { Record = First.Record + index };
    }
}
