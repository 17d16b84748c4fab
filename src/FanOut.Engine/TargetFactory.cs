using System.Collections.Concurrent;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.Http;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearch;
using FanOut.Aws.SecretsManager;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Memcached;
using FanOut.Engine.Redis;
using FanOut.Engine.Targets;

namespace FanOut.Engine;

/// <summary>The registry of targets: one per mapping as it stands in the table, kept from batch to batch.</summary>
/// <remarks>A changed mapping gets a new target with connections of its own.</remarks>
public sealed class TargetFactory(AwsClients clients, TimeProvider time) : ITargetSource, IAsyncDisposable
{
    private readonly ConcurrentDictionary<Mapping, Lazy<ActiveTarget>> _targets = new();

    /// <inheritdoc/>
    public ActiveTarget TargetOf(Mapping mapping)
    {
        Lazy<ActiveTarget> activeTarget = _targets.GetOrAdd(mapping, m => new Lazy<ActiveTarget>(() => new ActiveTarget(Create(m), new Circuit(time), m.Role is null ? null : () => clients.ForgetCredentials(m))));
        try
        {
            return activeTarget.Value;
        }
        catch
        {
            // What failed may pass: the next batch tries again.
            _targets.TryRemove(new KeyValuePair<Mapping, Lazy<ActiveTarget>>(mapping, activeTarget));
            throw;
        }
    }

    /// <summary>Makes the targets of mappings and opens their connections, ahead of the first batch.</summary>
    /// <param name="mappings">The mappings.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task OpenAsync(IEnumerable<Mapping> mappings, CancellationToken cancellationToken)
    {
        List<Task> opening = [.. mappings.Select(m => TargetOf(m).Target).OfType<CacheTarget>().Select(c => c.OpenAsync(cancellationToken))];
        opening.Add(clients.OpenAsync(cancellationToken));
        if (mappings.Select(static m => m.Destination).OfType<HttpDestination>().Select(static d => d.Url.Host).ToArray() is { Length: > 0 } hosts)
        {
            opening.AddRange(mappings.Where(static m => m.HeadersSecret is not null).Select(m => TargetOf(m).Target).OfType<HttpTarget>().Select(t => t.OpenAsync(cancellationToken)));
            HttpConnections.Prepare(hosts);
        }

        await Task.WhenAll(opening).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings)
    {
        foreach (Mapping mapping in _targets.Keys.Where(m => m.SourceArn == sourceArn && !mappings.Contains(m)))
        {
            if (_targets.TryRemove(mapping, out Lazy<ActiveTarget>? gone) && gone.IsValueCreated)
            {
                await gone.Value.Target.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<ActiveTarget> activeTarget in _targets.Values.Where(o => o.IsValueCreated))
        {
            await activeTarget.Value.Target.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ITarget Create(Mapping mapping) => mapping.Type switch
    {
        TargetType.Kinesis => new KinesisTarget(mapping, clients.For(mapping, AmazonKinesisClient.Service, (c, s) => new AmazonKinesisClient(c, s))),
        TargetType.Firehose => new FirehoseTarget(mapping, clients.For(mapping, AmazonKinesisFirehoseClient.Service, (c, s) => new AmazonKinesisFirehoseClient(c, s))),
        TargetType.Sqs => new SqsTarget(mapping, clients.For(mapping, AmazonSQSClient.Service, (c, s) => new AmazonSQSClient(c, s))),
        TargetType.Sns => new SnsTarget(mapping, clients.For(mapping, AmazonSimpleNotificationServiceClient.Service, (c, s) => new AmazonSimpleNotificationServiceClient(c, s))),
        TargetType.Lambda => new LambdaTarget(mapping, clients.For(mapping, AmazonLambdaClient.Service, (c, s) => new AmazonLambdaClient(c, s))),
        TargetType.Events => new EventsTarget(mapping, clients.For(mapping, AmazonEventBridgeClient.Service, (c, s) => new AmazonEventBridgeClient(c, s))),
        TargetType.States => new StatesTarget(mapping, clients.For(mapping, AmazonStepFunctionsClient.Service, (c, s) => new AmazonStepFunctionsClient(c, s))),
        TargetType.Iot => CreateIot(mapping, (IotDestination)mapping.Destination),
        TargetType.Es => CreateEs(mapping, (IndexDestination)mapping.Destination),
        TargetType.Memcached => CreateMemcached(mapping, (CacheDestination)mapping.Destination),
        TargetType.Redis => CreateRedis(mapping, (CacheDestination)mapping.Destination),
        TargetType.Http => new HttpTarget(mapping, clients.Http, HeadersOf(mapping)),
        _ => throw new ArgumentOutOfRangeException(nameof(mapping), mapping.Type, "No such target type."),
    };

    private IotTarget CreateIot(Mapping mapping, IotDestination destination) =>
        new(mapping, clients.For(mapping, AmazonIotDataClient.Service, (c, s) => new AmazonIotDataClient(c, s), destination.Endpoint));

    private SecretHeaders? HeadersOf(Mapping mapping) => mapping.HeadersSecret is not { } secret ? null : new SecretHeaders(
        clients.For(mapping with { Region = Arn.TryParse(secret, out Arn? arn) ? arn.Region : null }, AmazonSecretsManagerClient.Service, (c, s) => new AmazonSecretsManagerClient(c, s)), secret, time);

    private EsTarget CreateEs(Mapping mapping, IndexDestination destination)
    {
        FanOut.Aws.AwsService service = destination.IsServerless ? OpenSearchClient.Serverless : OpenSearchClient.Domain;
        return new EsTarget(mapping, clients.For(mapping, service, (c, s) => new OpenSearchClient(c, service, s), destination.Endpoint));
    }

    private CacheTarget CreateMemcached(Mapping mapping, CacheDestination destination)
    {
        var cluster = new MemcachedCluster(new MemcachedOptions { Host = destination.Host, Port = destination.Port, Tls = destination.Tls }, time);
        return new CacheTarget(new Limits(1_000, mapping.MaxItemBytes ?? 1_048_576, mapping.MaxBatchBytes ?? 8_388_608), cluster.SendAsync, cluster.OpenAsync, cluster);
    }

    private static CacheTarget CreateRedis(Mapping mapping, CacheDestination destination)
    {
        var cache = new RedisCache(new RedisOptions
        {
            Host = destination.Host,
            Port = destination.Port,
            Tls = destination.Tls,
            User = destination.User,
            Password = destination.Password,
            Database = destination.Database,
        });
        bool hasVersions = mapping.RecordFormat == RecordFormat.DynamoDbChanges;
        return new CacheTarget(new Limits(1_000, mapping.MaxItemBytes ?? 536_870_912, mapping.MaxBatchBytes ?? 8_388_608), cache.SendAsync, cache.OpenAsync, cache)
        {
            HasVersions = hasVersions,
            ProblemOf = hasVersions ? RedisFault.ReservedKey : null,
        };
    }
}
