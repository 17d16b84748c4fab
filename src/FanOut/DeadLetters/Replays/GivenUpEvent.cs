namespace FanOut.DeadLetters.Replays;

/// <summary>What a file holds of a batch that Lambda gave up.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">The sequence number of the first record; empty: it is not known.</param>
/// <param name="Json">The event, as the function was to get it.</param>
internal sealed record GivenUpEvent(GivenUpFile File, string Number, ReadOnlyMemory<byte> Json);
