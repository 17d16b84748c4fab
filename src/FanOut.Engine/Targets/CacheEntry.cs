namespace FanOut.Engine.Targets;

/// <summary>One write to a cache: a value set, or a key deleted.</summary>
/// <param name="Key">The key's bytes, usually UTF-8.</param>
/// <param name="Value">The value's bytes; ignored when <paramref name="Delete"/> is set.</param>
/// <param name="Delete">Whether the key is to be deleted. Deleting a key that is not there is a success.</param>
public readonly record struct CacheEntry(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, bool Delete)
{
    /// <summary>When the item was changed, in microseconds since 1970: Redis keeps the latest, whatever comes after it.</summary>
    /// <value>0, what comes last is kept, by default.</value>
    public long Version { get; init; }
}

/// <summary>An entry that a cache did not take.</summary>
/// <param name="Index">Which of the entries sent, from 0.</param>
/// <param name="Retryable">Whether sending it again can help.</param>
/// <param name="Code">The server's word for it (<c>SERVER_ERROR</c>, <c>OOM</c>), or ours (<c>NoAnswer</c>).</param>
/// <param name="Reason">What happened, for people. It never holds a key, a value or a password.</param>
public readonly record struct CacheFailure(int Index, bool Retryable, string Code, string Reason)
{
    /// <summary>Whether the cache has a later change of the entry's key, so that nothing is lacking.</summary>
    /// <value>False by default.</value>
    public bool IsLate { get; init; }
}
