using System.Net;
using Amazon.Runtime;
using FanOut.Aws.Kinesis;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Tests.Local.Streams;

/// <summary>A stream of one shard that answers what a test wants, when the clock stands where it should.</summary>
internal sealed class ScriptedStream(params Func<StreamPage>[] answers) : IStreamService
{
    private readonly Queue<Func<StreamPage>> _answers = new(answers);

    public string SourceArn => "arn:aws:kinesis:us-east-1:123456789012:stream/s";

    public int MostRecords => 10_000;

    public List<ShardPosition> Iterators { get; } = [];

    public List<int> Limits { get; } = [];

    public static StreamPage Page(int first, int count, int bytes = 100, string? next = "next") => new(
        [.. Enumerable.Range(first, count).Select(static n => new EventRecord { SequenceNumber = $"{n}", Data = new byte[1] })], next) { Bytes = (long)count * bytes, Behind = TimeSpan.FromSeconds(1) };

    public static Func<StreamPage> Refusal(string code, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        () => throw new AmazonKinesisException(code, null, ErrorType.Sender, code, "", status);

    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StreamShard>>([new StreamShard("shard", [], null, null)]);

    public Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        Iterators.Add(position);
        return Task.FromResult("first");
    }

    public Task<StreamPage> GetRecordsAsync(string shardId, string iterator, int limit, CancellationToken cancellationToken)
    {
        Limits.Add(limit);
        return Task.FromResult(_answers.Dequeue()());
    }
}
