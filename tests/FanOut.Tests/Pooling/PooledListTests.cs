using CsCheck;
using FanOut.Engine.Pooling;

namespace FanOut.Tests.Pooling;

public class PooledListTests
{
    [Fact]
    public void It_holds_what_was_added_however_it_has_grown() => Gen.Select(Gen.Int[0, 40], Gen.Int.Array[0, 50], Gen.Int.Array[0, 50]).Sample((capacity, single, range) =>
    {
        using var list = new PooledList<int>(capacity);
        foreach (int item in single)
        {
            list.Add(item);
        }

        list.AddRange(range);

        int[] all = [.. single, .. range];
        Assert.Equal(all, list);
        Assert.Equal(all, list.Memory.ToArray());
        Assert.Equal(all.Length, list.Count);
    });

    [Fact]
    public void An_item_of_its_own_may_be_added()
    {
        using var list = new PooledList<string>(1);
        list.Add("a");
        for (int i = 0; i < 100; i++)
        {
            list.Add(list[0]);
        }

        Assert.Equal(Enumerable.Repeat("a", 101), list);
    }

    [Fact]
    public void Nothing_can_be_read_beyond_what_was_added_or_after_the_end()
    {
        var list = new PooledList<string>(16);
        list.Add("a");
        Assert.Throws<IndexOutOfRangeException>(() => list[1]);

        list.Dispose();
        list.Dispose();

        Assert.Empty(list);
        Assert.Throws<IndexOutOfRangeException>(() => list[0]);
    }

    [Fact]
    public void Memory_that_goes_back_to_the_pool_keeps_nothing_alive()
    {
        string?[] memory;
        using (var list = new PooledList<string?>(16))
        {
            list.Add("a");
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(list.Memory, out ArraySegment<string?> segment));
            memory = segment.Array!;
        }

        Assert.Null(memory[0]);
    }
}
