using FanOut.Engine.Events;
using FanOut.Engine.Pooling;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>What is to be sent to one target of an event's records, or of some of them: payloads cut into items, items cut into blocks.</summary>
/// <param name="payloads">The payloads of the records.</param>
/// <param name="settled">What need not be sent, because an invocation before this one has settled it; null: nothing.</param>
/// <param name="borrowed">What is given back when the batch is over; null: the payloads are the batch's own.</param>
public sealed class TargetBatch(Payloads payloads, SettledRecords? settled = null, IDisposable? borrowed = null) : IDisposable
{
    private readonly PooledList<int> _selected = new(payloads.Items.Count);
    private readonly List<(int Payload, Failure Failure)> _failed = [];

    /// <summary>Makes the batch of a target.</summary>
    /// <param name="payloads">The payloads of the records.</param>
    /// <param name="cutter">How the target's items are made of payloads.</param>
    /// <param name="settled">What need not be sent; null: all must.</param>
    /// <param name="borrowed">What is given back when the batch is over; null: the payloads are the batch's own.</param>
    public static TargetBatch Of(Payloads payloads, IItemCutter cutter, SettledRecords? settled = null, IDisposable? borrowed = null)
    {
        ArgumentNullException.ThrowIfNull(cutter);
        var batch = new TargetBatch(payloads, settled, borrowed);
        cutter.Cut(payloads, batch);
        return batch;
    }

    /// <summary>The payloads that the batch is made of.</summary>
    public Payloads Payloads { get; } = payloads;

    /// <summary>The items, in order.</summary>
    public PooledList<Item> Items { get; } = new(payloads.Items.Count);

    /// <summary>What need not be sent, because an invocation before this one has settled it; null: nothing.</summary>
    public SettledRecords? Settled => settled;

    /// <summary>How many payloads will be sent.</summary>
    public int Count => _selected.Count;

    /// <summary>Payloads that cannot be sent to this target, by their position in <see cref="Payloads"/>.</summary>
    public IReadOnlyList<(int Payload, Failure Failure)> Failed => _failed;

    /// <summary>A payload of the batch.</summary>
    /// <param name="index">Its position among those that will be sent.</param>
    public ref readonly Payload this[int index] => ref Payloads.Items[_selected[index]];

    /// <summary>The record that a payload was made of.</summary>
    public StreamRecord RecordOf(in Payload payload) => Payloads.Group.Records[payload.Record];

    /// <summary>Where a record stands in the order that is kept: its position, or, of a change that a Kinesis stream carries, when it happened.</summary>
    /// <param name="record">The record's position in its group.</param>
    internal long RankOf(int record) => Payloads.Changes?.TimeOf(record) ?? record;

    /// <summary>A text of a payload, UTF-8; valid until the batch is over.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="number">The text's number among those of the mapping, see <see cref="Templates.TextTemplates.NumberOf"/>.</param>
    public ReadOnlyMemory<byte> TextOf(in Payload payload, int number) => Payloads.Texts!.Of(payload, number);

    /// <summary>Nothing of it is sent any more.</summary>
    public void Dispose()
    {
        if (!Payloads.Arena.IsAbandoned)
        {
            Items.Dispose();
            _selected.Dispose();
        }

        borrowed?.Dispose();
    }

    /// <summary>What a request for some items is made of: the same as that of other targets which send the same payloads at this time.</summary>
    /// <param name="items">The items.</param>
    /// <param name="make">Makes it; what is made of a kind depends on the payloads alone.</param>
    /// <typeparam name="T">The kind of what is made.</typeparam>
    internal BorrowedBody<T> Borrow<T>(ReadOnlyMemory<Item> items, Func<TargetBatch, ReadOnlyMemory<Item>, T> make)
        where T : IDisposable
    {
        if (FirstOfRow(items.Span) is { } first)
        {
            return Payloads.Bodies.Borrow(first, items.Length, () => make(this, items));
        }

        T own = make(this, items);
        return new BorrowedBody<T>(own, own.Dispose);
    }

    /// <summary>A call that was given up may read the payloads even when the batch is over: their memory is not used for others.</summary>
    internal void Abandon() => Payloads.Arena.Abandon();

    /// <summary>Whether a record is still to be sent.</summary>
    internal bool Wants(int record) => settled?.Has(record) != true;

    /// <summary>Whether a payload is still to be sent.</summary>
    internal bool Wants(in Payload payload) => settled is null || !(payload.IsSubRecord ? settled.Has(payload.Record, payload.SubSequence) : settled.Has(payload.Record));

    /// <summary>Makes two items of one: of its payloads that may be sent, and of those that may not, each in their order. Both must be there.</summary>
    /// <param name="item">The item; it must not be under way.</param>
    /// <param name="mayBeSent">Whether a payload of it may be sent, in their order; each has a place in it.</param>
    /// <returns>The two. Their size is at most the item's, as which it is given.</returns>
    internal (Item Free, Item Waiting) Divide(in Item item, ReadOnlySpan<bool> mayBeSent)
    {
        Span<int> waiting = item.Count <= 256 ? stackalloc int[item.Count] : new int[item.Count];
        int free = 0, left = 0;
        for (int i = 0; i < item.Count; i++)
        {
            int payload = _selected[item.First + i];
            if (mayBeSent[i])
            {
                _selected[item.First + free++] = payload;
            }
            else
            {
                waiting[left++] = payload;
            }
        }

        for (int i = 0; i < left; i++)
        {
            _selected[item.First + free + i] = waiting[i];
        }

        return (item with { Count = free }, item with { First = item.First + free, Count = left });
    }

    internal void Select(int payload) => _selected.Add(payload);

    internal void Fail(int payload, Failure failure) => _failed.Add((payload, failure));

    /// <summary>The position of the first payload of items that hold one each, without a gap; null: they are others.</summary>
    private int? FirstOfRow(ReadOnlySpan<Item> items)
    {
        int first = _selected[items[0].First];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Count != 1 || _selected[items[i].First] != first + i)
            {
                return null;
            }
        }

        return first;
    }
}
