namespace FanOut.Sources;

/// <summary>What the cmdlets want to know of the table whose stream a source is.</summary>
/// <param name="StreamViewType">Which images the stream carries: <c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c> or <c>NEW_AND_OLD_IMAGES</c>.</param>
/// <param name="HashKey">The name of the hash key, where an item's key has two parts; none: it has one.</param>
internal sealed record StreamedTable(string StreamViewType, string? HashKey);
