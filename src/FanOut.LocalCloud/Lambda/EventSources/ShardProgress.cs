namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>How far an event source mapping is in one shard.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="Checkpoint">The index of the first record that is neither delivered nor discarded.</param>
/// <param name="RecordsBehind">How many records the shard holds from the checkpoint on.</param>
/// <param name="LastProcessingResult">How the shard's last invocation ended.</param>
public sealed record ShardProgress(string ShardId, int Checkpoint, int RecordsBehind, string LastProcessingResult);
