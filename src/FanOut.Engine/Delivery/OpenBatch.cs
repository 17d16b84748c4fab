using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>A batch of which blocks are left to send, or under way. Not thread-safe.</summary>
internal sealed class OpenBatch
{
    private readonly IReadOnlyList<(int First, int Count)> _blocks;
    private int _next;

    /// <summary>Cuts a batch into blocks.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="limits">What a block may hold.</param>
    public OpenBatch(TargetBatch batch, in Limits limits)
    {
        Batch = batch;
        _blocks = Blocks.Cut(batch.Items.Span, limits);
    }

    /// <summary>The batch.</summary>
    public TargetBatch Batch { get; }

    /// <summary>How many blocks are under way.</summary>
    public int UnderWay { get; set; }

    /// <summary>Whether no block is left to send.</summary>
    public bool IsHandedOut => _next == _blocks.Count;

    /// <summary>The next block, which is under way from now on.</summary>
    public ItemBlock Next()
    {
        (int first, int count) = _blocks[_next++];
        UnderWay++;
        return new ItemBlock(this, Batch.Items.Memory.Slice(first, count));
    }
}
