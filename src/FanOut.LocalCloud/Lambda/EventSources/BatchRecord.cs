using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>A record and its index in the shard.</summary>
internal readonly record struct BatchRecord(int Index, ShardRecord Record);
