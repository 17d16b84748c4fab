namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>What an event source mapping has done so far.</summary>
/// <param name="Shards">Each shard's progress.</param>
/// <param name="LastProcessingResult">How the last invocation ended: <c>OK</c>, <c>PROBLEM: Function call failed</c> or <c>No records processed</c>.</param>
/// <param name="Invocations">How often the function was invoked.</param>
/// <param name="Retries">How often records were sent again: whole batches, and parts of split ones.</param>
/// <param name="Delivered">How many records ended in a success.</param>
/// <param name="Discarded">How many records were given up.</param>
public sealed record EventSourceMappingProgress(
    IReadOnlyList<ShardProgress> Shards, string LastProcessingResult, long Invocations, long Retries, long Delivered, long Discarded);
