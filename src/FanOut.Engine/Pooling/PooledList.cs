using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;

namespace FanOut.Engine.Pooling;

/// <summary>A list whose memory comes from a pool, and goes back to it when the list is disposed of. Not to be used any more then.</summary>
/// <remarks>One that is never disposed of is left to the garbage collector, as it must be while something may still read it.</remarks>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class PooledList<T> : IReadOnlyList<T>, IDisposable
{
    private const int LeastRoom = 16;

    private T[] _items;

    /// <summary>An empty list.</summary>
    /// <param name="capacity">How many items there is room for at first.</param>
    public PooledList(int capacity = 0) => _items = capacity == 0 ? [] : ArrayPool<T>.Shared.Rent(capacity);

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>How many items there is room for.</summary>
    public int Capacity => _items.Length;

    /// <summary>The items; valid until one is added.</summary>
    public ReadOnlyMemory<T> Memory => _items.AsMemory(0, Count);

    /// <summary>The items; valid until one is added.</summary>
    public ReadOnlySpan<T> Span => _items.AsSpan(0, Count);

    /// <summary>An item in its place, which is valid until one is added.</summary>
    /// <param name="index">Its position.</param>
    public ref T this[int index] => ref _items.AsSpan(0, Count)[index];

    /// <inheritdoc/>
    T IReadOnlyList<T>.this[int index] => this[index];

    /// <summary>Adds an item.</summary>
    public void Add(in T item)
    {
        if (Count == _items.Length)
        {
            // The item may be one of the list's own.
            T copy = item;
            EnsureCapacity(Math.Max(LeastRoom, 2 * Count));
            _items[Count++] = copy;
            return;
        }

        _items[Count++] = item;
    }

    /// <summary>Adds items.</summary>
    public void AddRange(ReadOnlySpan<T> items)
    {
        EnsureCapacity(Count + items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Makes room.</summary>
    /// <param name="capacity">For how many items there is to be room.</param>
    public void EnsureCapacity(int capacity)
    {
        if (capacity <= _items.Length)
        {
            return;
        }

        T[] larger = ArrayPool<T>.Shared.Rent(capacity);
        Span.CopyTo(larger);
        GiveBack();
        _items = larger;
    }

    /// <summary>The items, one after the other.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => Enumerate().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => Enumerate().GetEnumerator();

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        GiveBack();
        (_items, Count) = ([], 0);
    }

    private IEnumerable<T> Enumerate()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _items[i];
        }
    }

    private void GiveBack()
    {
        if (_items.Length > 0)
        {
            // What lies in the pool must keep nothing alive.
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            {
                _items.AsSpan(0, Count).Clear();
            }

            ArrayPool<T>.Shared.Return(_items);
        }
    }
}
