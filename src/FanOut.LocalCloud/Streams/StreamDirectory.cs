using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Streams;

/// <summary>All streams that can be event sources, by ARN.</summary>
public sealed class StreamDirectory
{
    private readonly ConcurrentDictionary<string, EventStream> _streams = new(StringComparer.Ordinal);

    /// <summary>All streams.</summary>
    public IReadOnlyCollection<EventStream> All => [.. _streams.Values];

    /// <summary>The stream with this ARN.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public EventStream this[string arn] => Find(arn) ?? throw new KeyNotFoundException(
        $"No stream has the ARN '{arn}'. Make it with Kinesis.CreateStream, or with Dynamo.CreateTable and a stream view.");

    /// <summary>The stream with this ARN, or null.</summary>
    public EventStream? Find(string arn) => _streams.GetValueOrDefault(arn);

    internal void Add(EventStream stream) => _streams[stream.Arn] = stream;

    internal void Remove(string arn) => _streams.TryRemove(arn, out _);
}
