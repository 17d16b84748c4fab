namespace FanOut.Local.Streams;

/// <summary>A shard of a stream.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parents">The shards whose records come before its own: none, one, or two that were merged. They may be gone.</param>
/// <param name="FirstNumber">The first sequence number that it may have; null: the service does not say.</param>
/// <param name="LastNumber">The last one; null: the shard is open.</param>
internal sealed record StreamShard(string Id, IReadOnlyList<string> Parents, string? FirstNumber, string? LastNumber)
{
    /// <summary>Whether it gets no more records.</summary>
    public bool IsClosed => LastNumber is not null;
}
