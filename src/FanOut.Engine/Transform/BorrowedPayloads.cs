namespace FanOut.Engine.Transform;

/// <summary>Payloads that are shared: their memory may be used for others once nobody has borrowed them any more.</summary>
/// <param name="owner">To whom they are given back.</param>
/// <param name="slice">What they are of.</param>
/// <param name="payloads">The payloads: all of the slice, or those that a filter lets through.</param>
internal sealed class BorrowedPayloads(SharedPayloads owner, PayloadSlice slice, Payloads payloads) : IDisposable
{
    private int _isReturned;

    /// <summary>The payloads; not to be read any more after <see cref="Dispose"/>.</summary>
    public Payloads Payloads => payloads;

    /// <summary>Gives them back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
        {
            owner.TakeBack(slice);
        }
    }
}
