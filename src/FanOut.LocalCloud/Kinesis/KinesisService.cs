using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>Kinesis Data Streams: streams are active at once and keep everything.</summary>
public sealed class KinesisService : IService
{
    private readonly ConcurrentDictionary<string, KinesisStream> _streams = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly StreamDirectory _sources;
    private readonly OperationTable _operations;

    internal KinesisService(CloudOptions options, StreamDirectory sources)
    {
        (_options, _sources) = (options, sources);
        StreamDescriptions descriptions = new(this);
        StreamWrites writes = new(this);
        RecordReads reads = new(this);
        _operations = new()
        {
            ["CreateStream"] = descriptions.Create,
            ["DeleteStream"] = descriptions.Delete,
            ["DescribeStream"] = descriptions.Describe,
            ["DescribeStreamSummary"] = descriptions.Summarize,
            ["GetResourcePolicy"] = descriptions.Policy,
            ["ListStreams"] = descriptions.List,
            ["ListShards"] = descriptions.ListShards,
            ["SplitShard"] = descriptions.Split,
            ["MergeShards"] = descriptions.Merge,
            ["PutRecord"] = writes.PutOne,
            ["PutRecords"] = writes.PutMany,
            ["GetShardIterator"] = reads.Begin,
            ["GetRecords"] = reads.Next,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["kinesis"];

    /// <summary>Every record that came through PutRecord and PutRecords; the destination is the stream's ARN.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>All streams.</summary>
    public IReadOnlyCollection<KinesisStream> Streams => [.. _streams.Values];

    /// <summary>Makes a stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shards">How many shards.</param>
    /// <param name="maxRecordSizeInKiB">The largest record, 1,024 to 10,240 KiB.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">ResourceInUseException: it exists already.</exception>
    public KinesisStream CreateStream(string name, int shards = 1, int maxRecordSizeInKiB = 1024, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        accountId ??= _options.AccountId;
        KinesisStream stream = new(ArnText.Of("kinesis", region ?? _options.Region, accountId, $"stream/{name}"), shards, maxRecordSizeInKiB, _options.TimeProvider);
        if (!_streams.TryAdd(stream.Arn, stream))
        {
            throw new ServiceException("ResourceInUseException", $"Stream {name} under account {accountId} already exists.");
        }

        _sources.Add(stream.Source);
        return stream;
    }

    /// <summary>Removes a stream; nothing happens when there is none with this ARN.</summary>
    public void DeleteStream(string arn)
    {
        _streams.TryRemove(arn, out _);
        _sources.Remove(arn);
    }

    /// <summary>The stream with this ARN, or with this name in the cloud's own account and region; null when there is none.</summary>
    public KinesisStream? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return _streams.GetValueOrDefault(ArnOf(nameOrArn, _options.Region, _options.AccountId));
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string? stream = serviceCall.Json.Text("StreamARN") ?? serviceCall.Json.Text("StreamName");
        string? iterator = serviceCall.Json.Text("ShardIterator");
        return new CallSubject(
            serviceCall.NamedOperation(),
            stream is not null ? ArnOf(stream, serviceCall.Region, serviceCall.AccountId) : iterator is not null ? ShardIterator.Read(iterator)?.StreamArn : null);
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    internal KinesisStream Resolve(ServiceCall call)
    {
        string arn = call.Destination
            ?? throw new ServiceException("InvalidArgumentException", "Either StreamARN or StreamName must be provided.");
        return _streams.GetValueOrDefault(arn) ?? throw new ServiceException(
            "ResourceNotFoundException", $"Stream {DestinationName.Short(arn)} under account {ArnText.Part(arn, 4)} not found.");
    }

    private static string ArnOf(string nameOrArn, string region, string accountId) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : ArnText.Of("kinesis", region, accountId, $"stream/{nameOrArn}");
}
