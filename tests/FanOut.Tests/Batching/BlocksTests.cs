using CsCheck;
using FanOut.Engine.Batching;

namespace FanOut.Tests.Batching;

public class BlocksTests
{
    private static readonly Gen<Limits> AnyLimits = Gen.Select(Gen.Int[1, 8], Gen.Int[20, 120], Gen.Int[0, 14], Gen.Int[0, 2],
        (items, bytes, overhead, separator) => new Limits(items, bytes - overhead, bytes, overhead, separator));

    [Fact]
    public void Blocks_keep_order_lose_nothing_and_never_exceed_a_limit() =>
        Gen.Select(AnyLimits, Gen.Int[0, 1_000].Array[0, 40]).Sample((limits, sizes) =>
        {
            Item[] items = [.. sizes.Select((size, i) => new Item(i, 1, (int)(size % (limits.ItemBytes + 1))))];
            IReadOnlyList<(int First, int Count)> blocks = Blocks.Cut(items, limits);

            int next = 0;
            foreach ((int first, int count) in blocks)
            {
                Assert.Equal(next, first);
                Assert.InRange(count, 1, limits.Items);
                Assert.True(BytesOf(items, first, count, limits) <= limits.CallBytes);
                next += count;
                Assert.True(
                    next == items.Length || count == limits.Items || BytesOf(items, first, count + 1, limits) > limits.CallBytes,
                    "The next item would have fitted.");
            }

            Assert.Equal(items.Length, next);
        });

    [Fact]
    public void A_block_of_precisely_the_limit_is_one_block_and_one_byte_more_is_two()
    {
        Item[] items = [new(0, 1, 40), new(1, 1, 45)];

        Assert.Equal([(0, 2)], Blocks.Cut(items, new Limits(10, 100, 100, 14, 1)));
        Assert.Equal([(0, 1), (1, 1)], Blocks.Cut(items, new Limits(10, 100, 99, 14, 1)));
    }

    private static long BytesOf(Item[] items, int first, int count, Limits limits) =>
        limits.CallOverhead + items.Skip(first).Take(count).Sum(i => (long)i.Bytes) + ((count - 1) * limits.Separator);
}
