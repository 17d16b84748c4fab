namespace FanOut.DeadLetters.Replays;

/// <summary>What a file holds of a batch that Lambda gave up, until it is disposed of.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">The sequence number of the first record; empty: it is not known.</param>
/// <param name="Json">The event, as the function was to get it.</param>
/// <param name="Records">Where in it the records lie, each a JSON object.</param>
/// <param name="Memory">The memory in which the event lies.</param>
internal sealed record GivenUpEvent(GivenUpFile File, string Number, ReadOnlyMemory<byte> Json, IReadOnlyList<Range> Records, FileMemory Memory) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Memory.Dispose();
}
