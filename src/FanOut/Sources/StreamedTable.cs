namespace FanOut.Sources;

/// <summary>What the cmdlets need to know about the table whose stream is the source.</summary>
/// <param name="StreamViewType">Which images the stream carries: <c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c> or <c>NEW_AND_OLD_IMAGES</c>.</param>
/// <param name="HashKeyName">The name of the table's hash key.</param>
/// <param name="HasRangeKey">Whether an item's key has two parts.</param>
internal sealed record StreamedTable(string StreamViewType, string HashKeyName, bool HasRangeKey)
{
    /// <summary>The name of the hash key if an item's key has two parts; null if it has one.</summary>
    public string? HashKey => HasRangeKey ? HashKeyName : null;
}
