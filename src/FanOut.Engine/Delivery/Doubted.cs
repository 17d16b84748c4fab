using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Items that a target refuses for a reason that says nothing of which is to blame, set aside while it is found out which are refused by themselves.</summary>
/// <param name="batch">What the items are made of.</param>
/// <param name="keepsOrder">Whether an item may not be sent while one before it, of its key, is set aside.</param>
/// <param name="of">Of which class of failure the item is looked for that is to blame.</param>
internal sealed class Doubted(TargetBatch batch, bool keepsOrder, FailureClass of)
{
    private readonly List<(Item Item, Attempts Attempts, bool IsAlone)> _items = [];
    private readonly HashSet<ReadOnlyMemory<byte>> _keys = new(KeyComparer.Instance);
    private int _beforeTaken;

    /// <summary>Of which class of failure the item is looked for that is to blame.</summary>
    public FailureClass Of => of;

    /// <summary>Why calls were refused last; null: none was.</summary>
    public Failure? Refusal { get; private set; }

    /// <summary>How many calls in a row were refused.</summary>
    public int RefusedInARow { get; private set; }

    /// <summary>How many items are set aside.</summary>
    public int Count => _items.Count;

    /// <summary>How often the one was sent that was sent most.</summary>
    public Attempts Attempts => _items.Count == 0 ? Attempts.None : _items.MaxBy(static i => i.Attempts.Count).Attempts;

    /// <summary>All of them, in the batch's order.</summary>
    public Item[] All => [.. _items.Select(static i => i.Item).OrderBy(static i => i.First)];

    /// <summary>Those that were refused by themselves, and how often each was sent.</summary>
    public IEnumerable<(Item Item, Attempts Attempts)> Alone => _items.Where(static i => i.IsAlone).Select(static i => (i.Item, i.Attempts));

    /// <summary>Those that were refused by themselves while the target was well: before it took others, or one alone after them.</summary>
    /// <remarks>Where several in a row were refused at the end, the target may have ceased to be well in between.</remarks>
    public Item[] Suspects =>
        [.. _items.Take(_items.Skip(_beforeTaken).Count(static i => i.IsAlone) == 1 ? _items.Count : _beforeTaken).Where(static i => i.IsAlone).Select(static i => i.Item)];

    /// <summary>Those that were refused with others, or not sent, in the batch's order.</summary>
    public Item[] Others => [.. _items.Where(static i => !i.IsAlone).Select(static i => i.Item).OrderBy(static i => i.First)];

    /// <summary>A call was refused.</summary>
    public void NoteRefused(Failure refusal) => (Refusal, RefusedInARow) = (refusal, RefusedInARow + 1);

    /// <summary>A call was taken: the target is well.</summary>
    public void NoteTaken() => (RefusedInARow, _beforeTaken) = (0, _items.Count);

    /// <summary>Sets the items of a call aside.</summary>
    public void Add(ReadOnlySpan<Item> items, Attempts attempts)
    {
        foreach (ref readonly Item item in items)
        {
            Add(item, attempts, isAlone: items.Length == 1);
        }
    }

    /// <summary>Items without those that follow one that is set aside, which they join.</summary>
    public ReadOnlyMemory<Item> WithoutFollowers(ReadOnlyMemory<Item> items, Attempts attempts)
    {
        if (!keepsOrder || _keys.Count == 0)
        {
            return items;
        }

        var free = new List<Item>(items.Length);
        foreach (ref readonly Item item in items.Span)
        {
            if (Follows(item))
            {
                Add(item, attempts, isAlone: false);
            }
            else
            {
                free.Add(item);
            }
        }

        return free.ToArray();
    }

    private bool Follows(in Item item)
    {
        for (int i = 0; i < item.Count; i++)
        {
            if (_keys.Contains(batch[item.First + i].Key))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(in Item item, Attempts attempts, bool isAlone)
    {
        _items.Add((item, attempts, isAlone));
        for (int i = 0; i < item.Count; i++)
        {
            _keys.Add(batch[item.First + i].Key);
        }
    }
}
