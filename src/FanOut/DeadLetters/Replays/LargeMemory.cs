using System.Collections.Concurrent;

namespace FanOut.DeadLetters.Replays;

/// <summary>
/// Memory for files of some megabytes, of which only a few are held at a time, whatever the number of shards, in the same arrays again and again: those of the
/// pool that all share are up to twice as long, and each thread keeps one.
/// </summary>
/// <param name="most">How many are held at a time; who wants another one waits.</param>
internal sealed class LargeMemory(int most) : IDisposable
{
    // Smaller ones are not waited for.
    private const long LargeBytes = 1024 * 1024;

    private readonly SemaphoreSlim _free = new(most);
    private readonly ConcurrentBag<byte[]> _kept = [];

    /// <summary>Memory for a file.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<FileMemory> RentAsync(long size, CancellationToken cancellationToken)
    {
        if (size <= LargeBytes)
        {
            return new FileMemory(size);
        }

        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);

        // Somewhat longer, so that the next file fits in which is like it.
        return new FileMemory(_kept.TryTake(out byte[]? kept) && kept.Length >= size ? kept : GC.AllocateUninitializedArray<byte>((int)(size + (size / 8))), GiveBack);
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private void GiveBack(byte[] bytes)
    {
        _kept.Add(bytes);
        _free.Release();
    }
}
