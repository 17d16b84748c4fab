namespace FanOut.Sources;

/// <summary>What the cmdlets need to know about the table whose stream is the source.</summary>
/// <param name="StreamViewType">Which images the stream carries: <c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c> or <c>NEW_AND_OLD_IMAGES</c>.</param>
/// <param name="HashKey">The name of the hash key if an item's key has two parts; null if it has one.</param>
internal sealed record StreamedTable(string StreamViewType, string? HashKey);
