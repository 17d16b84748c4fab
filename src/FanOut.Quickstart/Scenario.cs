using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Quickstart;

/// <summary>The main job on one machine: a stream and a table in, every type of target out.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const string Function = "fanout";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly LambdaService _lambda;
    private readonly RecordingFunction _receiver = new();
    private readonly BasicAWSCredentials _credentials = new("AKIAQUICKSTART000000", "quickstart");
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly Arguments _arguments;
    private readonly IReadOnlyList<InputRecord> _input;
    private LocalFunction? _function;

    public Scenario(Arguments arguments, IReadOnlyList<InputRecord> input)
    {
        (_arguments, _input) = (arguments, input);
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
        _dynamo = new AmazonDynamoDBClient(_credentials, new AmazonDynamoDBConfig
        {
            ServiceURL = _cloud.Endpoint.AbsoluteUri, AuthenticationRegion = _cloud.Options.Region,
        });
    }

    /// <summary>The function's log, for when something went wrong.</summary>
    public IEnumerable<string> Log => _function?.Log.Lines ?? [];

    /// <summary>Makes everything, starts the function, puts the records in.</summary>
    /// <returns>What to look at.</returns>
    public async Task<IReadOnlyList<TargetCheck>> RunAsync(CancellationToken cancellationToken)
    {
        string stream = _cloud.Kinesis.CreateStream("orders", 2).Arn;
        await CreateTableAsync(Function + "Targets", "sourceArn", ScalarAttributeType.S, "id", cancellationToken).ConfigureAwait(false);
        string changes = await CreateTableAsync("orders", "line", ScalarAttributeType.N, null, cancellationToken).ConfigureAwait(false);
        List<TargetCheck> checks = [.. await MapStreamAsync(stream, cancellationToken).ConfigureAwait(false), .. await MapTableAsync(changes, cancellationToken).ConfigureAwait(false)];
        StartFunction(stream, changes);
        await PutAsync(cancellationToken).ConfigureAwait(false);
        return checks;
    }

    public async ValueTask DisposeAsync()
    {
        _dynamo.Dispose();
        await _lambda.DisposeAsync().ConfigureAwait(false);
        if (_function is not null)
        {
            await _function.DisposeAsync().ConfigureAwait(false);
        }

        await _cloud.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> CreateTableAsync(string name, string hash, ScalarAttributeType type, string? range, CancellationToken cancellationToken)
    {
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new AttributeDefinition(hash, type)],
            KeySchema = [new KeySchemaElement(hash, KeyType.HASH)],
        };
        if (range is null)
        {
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES };
        }
        else
        {
            request.AttributeDefinitions.Add(new AttributeDefinition(range, ScalarAttributeType.S));
            request.KeySchema.Add(new KeySchemaElement(range, KeyType.RANGE));
        }

        CreateTableResponse response = await _dynamo.CreateTableAsync(request, cancellationToken).ConfigureAwait(false);
        return response.TableDescription.LatestStreamArn ?? "";
    }

    private async Task<IReadOnlyList<TargetCheck>> MapStreamAsync(string source, CancellationToken cancellationToken)
    {
        string local = _cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        string topic = _cloud.Sns.CreateTopic("orders").Arn;
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Kinesis.CreateStream("copy", 2);
        _cloud.Firehose.CreateDeliveryStream("archive");
        _lambda.Add("receiver", _receiver);
        string[] texts = [.. _input.Select(static r => r.Text)];
        List<TargetCheck> checks = [];

        await AddAsync(TargetType.Sns, topic, () => Unpack.Single(_cloud.Sns.Received.Where(static a => a.IsFor("orders")))).ConfigureAwait(false);
        await AddAsync(TargetType.Sqs, $"{local}/{_cloud.Options.AccountId}/orders", () => Unpack.Collapsed(_cloud.Sqs.Received.Where(static a => a.IsFor("orders")))).ConfigureAwait(false);
        await AddAsync(TargetType.Es, local + "#orders", () => Unpack.Single(_cloud.OpenSearch.Received.Where(static a => a.IsFor("orders")))).ConfigureAwait(false);
        await AddAsync(TargetType.Kinesis, "copy", () => Unpack.Single(_cloud.Kinesis.Received.Where(static a => a.IsFor("copy")))).ConfigureAwait(false);
        await AddAsync(TargetType.Firehose, "archive", () => Unpack.Single(_cloud.Firehose.Received.Where(static a => a.IsFor("archive")))).ConfigureAwait(false);
        await AddAsync(TargetType.Iot, local + "#shop/orders", () => Unpack.Single(_cloud.Iot.Received)).ConfigureAwait(false);
        await AddAsync(TargetType.Lambda, "receiver", () => Unpack.Events(_receiver.Invocations)).ConfigureAwait(false);
        if (_arguments.Redis is { } redis)
        {
            await AddCacheAsync(TargetType.Redis, redis, Caches.RedisAsync).ConfigureAwait(false);
        }

        if (_arguments.Memcached is { } memcached)
        {
            await AddCacheAsync(TargetType.Memcached, memcached, Caches.MemcachedAsync).ConfigureAwait(false);
        }

        return checks;

        async Task AddAsync(TargetType type, string destination, Func<Arrived> look)
        {
            await RegisterAsync(source, type, destination, type == TargetType.Sqs ? Collapse.Json : Collapse.None, false, cancellationToken).ConfigureAwait(false);
            checks.Add(new TargetCheck("kinesis", $"{type}".ToLowerInvariant(), texts, () => Task.FromResult(look())));
        }

        async Task AddCacheAsync(TargetType type, string destination, Func<string, IEnumerable<string>, Task<Arrived>> look)
        {
            // A cache holds the last value of each key.
            Dictionary<string, string> last = _input.GroupBy(static r => r.Key).ToDictionary(static g => g.Key, static g => g.Last().Text);
            await RegisterAsync(source, type, destination, Collapse.None, false, cancellationToken).ConfigureAwait(false);
            checks.Add(new TargetCheck("kinesis", $"{type}".ToLowerInvariant() + " (by key)", [.. last.Values], () => look(destination, last.Keys)));
        }
    }

    private async Task<IReadOnlyList<TargetCheck>> MapTableAsync(string source, CancellationToken cancellationToken)
    {
        string local = _cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        _cloud.Sqs.CreateQueue("changes");
        _cloud.Kinesis.CreateStream("changes");
        string[] lines = [.. _input.Select(static r => $"line {r.Line}")];
        await RegisterAsync(source, TargetType.Sqs, $"{local}/{_cloud.Options.AccountId}/changes", Collapse.Json, true, cancellationToken).ConfigureAwait(false);
        await RegisterAsync(source, TargetType.Es, local + "#changes", Collapse.None, true, cancellationToken).ConfigureAwait(false);
        await RegisterAsync(source, TargetType.Kinesis, "changes", Collapse.None, true, cancellationToken).ConfigureAwait(false);
        return
        [
            new("dynamodb", "sqs", lines, () => Task.FromResult(Unpack.Lines(Unpack.Collapsed(_cloud.Sqs.Received.Where(static a => a.IsFor("changes")))))),
            new("dynamodb", "es", lines, () => Task.FromResult(Unpack.Lines(Unpack.Single(_cloud.OpenSearch.Received.Where(static a => a.IsFor("changes")))))),
            new("dynamodb", "kinesis", lines, () => Task.FromResult(Unpack.Lines(Unpack.Single(_cloud.Kinesis.Received.Where(static a => a.IsFor("changes")))))),
        ];
    }

    private Task<PutItemResponse> RegisterAsync(string source, TargetType type, string destination, Collapse collapse, bool convert, CancellationToken cancellationToken)
    {
        if (!Destination.TryParse(type, destination, out Destination? parsed, out string? problem))
        {
            throw new UsageException($"'{destination}' as a destination of type {type}: {problem}");
        }

        var mapping = new Mapping
        {
            SourceArn = source, Id = $"{type}".ToLowerInvariant(), Type = type, Destination = parsed, Active = true, Collapse = collapse, ConvertDDB = convert,
        };
        return _dynamo.PutItemAsync(Function + "Targets", MappingWriter.Write(mapping), cancellationToken);
    }

    private void StartFunction(string stream, string changes)
    {
        _function = new LocalFunction(new LocalFunctionOptions
        {
            Name = Function,
            Program = Arguments.Metadata("FunctionProgram"),
            EndpointUrl = _cloud.Endpoint,
            Timeout = TimeSpan.FromSeconds(30),
            Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" },
        });
        _lambda.Add(_function);
        var settings = new EventSourceMappingSettings
        {
            BatchSize = 100, ReportBatchItemFailures = true, BisectBatchOnFunctionError = true, RetryBaseDelay = TimeSpan.FromMilliseconds(200),
        };
        _lambda.Map(stream, Function, settings);
        _lambda.Map(changes, Function, settings);
    }

    private async Task PutAsync(CancellationToken cancellationToken)
    {
        using var kinesis = new AmazonKinesisClient(_credentials, new AwsClientConfig(AmazonKinesisClient.Service, _cloud.Options.Region, _cloud.Endpoint));
        foreach (InputRecord[] some in _input.Chunk(100))
        {
            PutRecordsRequestEntry[] entries = [.. some.Select(static r =>
                new PutRecordsRequestEntry(new Blob(Encoding.UTF8.GetBytes(r.Text), false), Encoding.UTF8.GetBytes(r.Key), default))];
            PutRecordsResponse response = await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamName = "orders", Records = entries }, cancellationToken).ConfigureAwait(false);
            if (response.FailedRecordCount > 0)
            {
                throw new UsageException($"The stream refused {response.FailedRecordCount} records: {response.Refused[0].ErrorMessage}");
            }
        }

        foreach (InputRecord record in _input)
        {
            await _dynamo.PutItemAsync("orders", DynamoItem.Of(record), cancellationToken).ConfigureAwait(false);
        }
    }
}
