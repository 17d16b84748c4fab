using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>What is the same for all lanes of an event source mapping, and does not change with its settings.</summary>
internal sealed record EventSourceMappingContext(EventStream Stream, IFunctionInvoker Function, string FunctionArn, TimeProvider Time)
{
    public DiscardedBatch Describe(EventShard shard, Batch batch, BatchPiece piece, string condition, InvocationResult? last)
    {
        var first = batch.Records[piece.Start].Record;
        var final = batch.Records[piece.End - 1].Record;
        return new()
        {
            RequestId = last?.RequestId ?? Guid.NewGuid().ToString(),
            FunctionArn = FunctionArn,
            Condition = condition,
            ApproximateInvokeCount = piece.Failures,
            FunctionError = last?.FunctionError,
            Timestamp = Time.GetUtcNow(),
            StreamArn = Stream.Arn,
            ShardId = shard.Id,
            StartSequenceNumber = first.SequenceNumber,
            EndSequenceNumber = final.SequenceNumber,
            ApproximateArrivalOfFirstRecord = first.ArrivedAt,
            ApproximateArrivalOfLastRecord = final.ArrivedAt,
            BatchSize = piece.Count,
            Payload = () => BatchEvent.Write(batch, piece),
        };
    }
}
