using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>How much is sent at the same time.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Targets of one event at a time. Default: 8.</summary>
    public int ParallelTargets { get; init; } = 8;

    /// <summary>Blocks of one target at a time, where its mapping says <c>parallel</c>. Default: 4.</summary>
    public int ParallelBlocks { get; init; } = 4;

    /// <summary>
    /// How many bytes the calls of an event hold together that are under way at the same time, as their targets count them. Default: 16 MB, an eighth of
    /// the smallest function's memory.
    /// </summary>
    public long CallMemory { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many bytes the payloads of an event take that are made at a time, the shares of all its targets together. Default: 8 MB, a sixteenth of the
    /// smallest function's memory.
    /// </summary>
    public long PayloadMemory { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// How many bytes a record may unpack to, where its mapping unpacks gzip; one that has more is undecodable. Default: 64 MB, for computers; a function takes a thirty-second of its memory, up to 64 MB, as the forms in which targets want a record are there at the same time.
    /// </summary>
    public long UnpackedBytes { get; init; } = UnpackRecords.MostBytes;

    /// <summary>Whether a source without an active mapping is a failure. Default: false, as in the original.</summary>
    public bool RequireTargets { get; init; }

    /// <summary>
    /// Whether the invocation answers which records failed, so that the batch comes again from the first of them on; otherwise all of it does.
    /// </summary>
    public bool ReportsItems { get; init; }
}
