using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>DynamoDB: tables without secondary indexes, with expressions and paging; and DynamoDB Streams.</summary>
public sealed class DynamoService : IService
{
    private readonly ConcurrentDictionary<string, DynamoTable> _tables = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly StreamDirectory _sources;
    private readonly OperationTable _operations;

    internal DynamoService(CloudOptions options, StreamDirectory sources, Func<string, KinesisStream?> kinesis)
    {
        (_options, _sources) = (options, sources);
        TableDescriptions descriptions = new(this);
        TableSettings settings = new(this);
        TableStreamDescriptions streams = new(this);
        TableStreamReads changes = new(this);
        KinesisDestinations destinations = new(this, kinesis);
        ItemWrites writes = new(this);
        BatchWrites batches = new(this);
        TransactWrites transactions = new(this);
        ItemReads reads = new(this);
        _operations = new()
        {
            ["CreateTable"] = descriptions.Create,
            ["DescribeTable"] = descriptions.Describe,
            ["DeleteTable"] = descriptions.Delete,
            ["ListTables"] = descriptions.List,
            ["UpdateTimeToLive"] = descriptions.UpdateTimeToLive,
            ["DescribeTimeToLive"] = descriptions.DescribeTimeToLive,
            ["UpdateTable"] = settings.Update,
            ["UpdateContinuousBackups"] = settings.UpdateContinuousBackups,
            ["DescribeContinuousBackups"] = settings.DescribeContinuousBackups,
            ["TagResource"] = settings.Tag,
            ["ListTagsOfResource"] = settings.ListTags,
            ["EnableKinesisStreamingDestination"] = destinations.Enable,
            ["DisableKinesisStreamingDestination"] = destinations.Disable,
            ["DescribeKinesisStreamingDestination"] = destinations.Describe,
            ["ListStreams"] = streams.List,
            ["DescribeStream"] = streams.Describe,
            ["GetShardIterator"] = changes.Begin,
            ["GetRecords"] = changes.Next,
            ["PutItem"] = writes.Put,
            ["UpdateItem"] = writes.Update,
            ["DeleteItem"] = writes.Delete,
            ["BatchWriteItem"] = batches.Write,
            ["TransactWriteItems"] = transactions.Write,
            ["GetItem"] = reads.Get,
            ["Query"] = reads.Query,
            ["Scan"] = reads.Scan,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["dynamodb"];

    /// <summary>All tables.</summary>
    public IReadOnlyCollection<DynamoTable> Tables => [.. _tables.Values];

    /// <summary>Makes a table, active at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hashKey">The name of the partition key.</param>
    /// <param name="rangeKey">The name of the sort key; null, the default, for none.</param>
    /// <param name="streamView">
    /// What its stream shows (<c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c>, <c>NEW_AND_OLD_IMAGES</c>); null, the default, for no stream.
    /// </param>
    /// <param name="hashType">The partition key's type: <c>S</c> (default), <c>N</c> or <c>B</c>.</param>
    /// <param name="rangeType">The sort key's type: <c>S</c> (default), <c>N</c> or <c>B</c>.</param>
    /// <param name="streamShards">How many shards the stream has; 1 by default.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">ResourceInUseException: it exists already.</exception>
    public DynamoTable CreateTable(
        string name,
        string hashKey,
        string? rangeKey = null,
        string? streamView = null,
        string hashType = "S",
        string rangeType = "S",
        int streamShards = 1,
        string? region = null,
        string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        KeySchema schema = new(hashKey, hashType, rangeKey, rangeKey is null ? null : rangeType);
        DynamoTable table = new(
            ArnOf(name, region ?? _options.Region, accountId ?? _options.AccountId), schema, streamView, streamShards, _options.TimeProvider);
        if (!_tables.TryAdd(table.Arn, table))
        {
            throw new ServiceException("ResourceInUseException", $"Table already exists: {name}");
        }

        if (table.EventStream is { } stream)
        {
            _sources.Add(stream);
        }

        return table;
    }

    /// <summary>Removes a table and its stream; nothing happens when there is none with this ARN.</summary>
    public void DeleteTable(string arn)
    {
        if (_tables.TryRemove(arn, out DynamoTable? table) && table.EventStream is { } stream)
        {
            _sources.Remove(stream.Arn);
        }
    }

    /// <summary>The table with this ARN, or with this name in the cloud's own account and region; null when there is none.</summary>
    public DynamoTable? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return _tables.GetValueOrDefault(ArnOf(nameOrArn, _options.Region, _options.AccountId));
    }

    /// <summary>Deletes an item like the time to live: the stream's record tells that the service did it.</summary>
    /// <param name="table">The table's name or ARN.</param>
    /// <param name="keyJson">The item's key in DynamoDB's typed JSON, for example <c>{"id": {"S": "1"}}</c>.</param>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public void ExpireItem(string table, string keyJson) =>
        (Find(table) ?? throw new ArgumentException($"There is no table '{table}'.", nameof(table))).Expire(keyJson);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string operation = serviceCall.NamedOperation();
        string? table = serviceCall.Json.Text("TableName") ?? serviceCall.Json.Text("ResourceArn")
            ?? (operation == "TransactWriteItems" ? TransactWrites.Read(serviceCall.Json).Select(static a => a.Request.Text("TableName")).FirstOrDefault() : null)
            ?? (operation == "BatchWriteItem" && serviceCall.Json.Field("RequestItems") is { } items ? items.EnumerateObject().FirstOrDefault().Name : null);
        return new CallSubject(
            operation, table is null ? serviceCall.Json.Text("StreamArn") ?? TableStreamReads.StreamOf(serviceCall) : ArnOf(table, serviceCall.Region, serviceCall.AccountId));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    internal DynamoTable TableOfStream(string arn, string region) =>
        Tables.FirstOrDefault(candidate => candidate.Stream?.Source.Arn == arn && ArnText.Part(arn, 3) == region)
            ?? throw new ServiceException("ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");

    internal DynamoTable Resolve(ServiceCall call) => Resolve(call, call.Json.RequiredText("TableName"));

    internal DynamoTable Resolve(ServiceCall call, string nameOrArn) =>
        _tables.GetValueOrDefault(ArnOf(nameOrArn, call.Region, call.AccountId)) ?? throw new ServiceException(
            "ResourceNotFoundException", $"Requested resource not found: Table: {DestinationName.Short(nameOrArn)} not found");

    private static string ArnOf(string nameOrArn, string region, string accountId) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : ArnText.Of("dynamodb", region, accountId, $"table/{nameOrArn}");
}
