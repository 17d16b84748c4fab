using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>Hands out the blocks of a target's batches one after the other. A batch is made when its first block is wanted, and ends with its last one.</summary>
/// <param name="batches">The batches.</param>
/// <param name="limits">What a block may hold.</param>
/// <param name="cancellationToken">Cancelled when the time for sending is up: then no further batch is made.</param>
internal sealed class BlockQueue(IEnumerator<TargetBatch> batches, Limits limits, CancellationToken cancellationToken)
{
    private readonly object _gate = new();
    private OpenBatch? _open;

    /// <summary>Whether batches were not made any more, because the time was up.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next block, to be given back when it is done; null: there is none.</summary>
    public ItemBlock? Next()
    {
        lock (_gate)
        {
            while (_open is null || _open.IsHandedOut)
            {
                if (_open is not null && cancellationToken.IsCancellationRequested)
                {
                    IsCut = true;
                    return null;
                }

                if (!batches.MoveNext())
                {
                    return null;
                }

                _open = new OpenBatch(batches.Current, limits);
                EndIfDone(_open);
            }

            return _open.Next();
        }
    }

    /// <summary>Nothing of a block is sent any more.</summary>
    public void GiveBack(in ItemBlock block)
    {
        lock (_gate)
        {
            block.Of.UnderWay--;
            EndIfDone(block.Of);
        }
    }

    private static void EndIfDone(OpenBatch open)
    {
        if (open.IsHandedOut && open.UnderWay == 0)
        {
            open.Batch.Dispose();
        }
    }
}
