using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.ElastiCache;
using FanOut.LocalCloud.Endpoints;
using FanOut.LocalCloud.EventBridge;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Firehose;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Iot;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Logs;
using FanOut.LocalCloud.OpenSearch;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.S3;
using FanOut.LocalCloud.SecretsManager;
using FanOut.LocalCloud.Sns;
using FanOut.LocalCloud.Sqs;
using FanOut.LocalCloud.StepFunctions;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Sts;

namespace FanOut.LocalCloud;

/// <summary>Stand-ins for the services of AWS in this process. All of them answer on one port of the loopback address.</summary>
/// <remarks>The signature of a request tells which service is meant. Signatures are checked for form and date; every secret is accepted.</remarks>
/// <example><code>
/// await using Cloud cloud = Cloud.Start();
/// KinesisStream output = cloud.Kinesis.CreateStream("output", shards: 2);
/// // … point a client at cloud.Endpoint, then
/// await cloud.Kinesis.Received.WaitForAsync(10, cancellationToken);
/// </code></example>
public sealed class Cloud : IAsyncDisposable
{
    private readonly ServiceRegistry _services = new();
    private readonly HttpServer _server;

    private Cloud(CloudOptions options)
    {
        Options = options;
        Faults = new FaultList(new Random(options.Seed));
        Iam = new IamService(options);
        Sts = new StsService(options, Iam);
        Logs = new LogsService(options, CloudWatch.Received.Add);
        Dynamo = new DynamoService(options, Streams, arn => Kinesis!.Find(arn));
        Kinesis = new KinesisService(options, Streams);
        Sqs = new SqsService(options, () => Endpoint);
        Sns = new SnsService(options, Sqs);
        Firehose = new FirehoseService(options);
        EventBridge = new EventBridgeService(options);
        StepFunctions = new StepFunctionsService(options);
        S3 = new S3Service(options);
        SecretsManager = new SecretsManagerService(options);
        OpenSearch = new OpenSearchService(options);
        ElastiCache = new ElastiCacheService(options);
        foreach (IService service in (IService[])[Iam, Sts, Logs, Dynamo, Kinesis, Sqs, Sns, Firehose, EventBridge, StepFunctions, Iot, OpenSearch, CloudWatch, ElastiCache, Ec2, S3, SecretsManager, Endpoints])
        {
            Add(service);
        }

        Access = new AccessControl(Iam, new RequiredAccess(Iam, OpenSearch, Dynamo), options.EnforcePolicies);
        Gateway gateway = new(_services, Sts, Access, new FaultyAnswer(Faults, options.TimeProvider), Calls, options.TimeProvider);
        _server = HttpServer.Start(gateway.AnswerAsync, options.Port, options.TimeProvider);
    }

    /// <summary>The endpoint of all services, for example <c>http://127.0.0.1:40321/</c>; use it as <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>The options that the cloud was started with.</summary>
    public CloudOptions Options { get; }

    /// <summary>The faults that are put into calls on purpose.</summary>
    public FaultList Faults { get; }

    /// <summary>All calls, in the order in which they ended.</summary>
    public Journal<LoggedCall> Calls { get; } = new();

    /// <summary>The streams that can be event sources.</summary>
    public StreamDirectory Streams { get; } = new();

    /// <summary>DynamoDB: tables and their streams.</summary>
    public DynamoService Dynamo { get; }

    /// <summary>Kinesis: streams and what arrived in them.</summary>
    public KinesisService Kinesis { get; }

    /// <summary>SNS: topics and what was published to them.</summary>
    public SnsService Sns { get; }

    /// <summary>SQS: queues and what arrived in them.</summary>
    public SqsService Sqs { get; }

    /// <summary>Firehose: delivery streams and what arrived in them.</summary>
    public FirehoseService Firehose { get; }

    /// <summary>EventBridge: event buses and what arrived at them.</summary>
    public EventBridgeService EventBridge { get; }

    /// <summary>Step Functions: state machines and what their executions were started with.</summary>
    public StepFunctionsService StepFunctions { get; }

    /// <summary>S3: buckets and what was put into them.</summary>
    public S3Service S3 { get; }

    /// <summary>IoT Data: what was published.</summary>
    public IotService Iot { get; } = new();

    /// <summary>OpenSearch: what was indexed, and the domains that can be described.</summary>
    public OpenSearchService OpenSearch { get; }

    /// <summary>CloudWatch: metrics that were published.</summary>
    public CloudWatchService CloudWatch { get; } = new();

    /// <summary>ElastiCache: caches that can be described.</summary>
    public ElastiCacheService ElastiCache { get; }

    /// <summary>EC2: subnets and security groups that can be described.</summary>
    public Ec2Service Ec2 { get; } = new();

    /// <summary>Secrets Manager: secrets that can be read.</summary>
    public SecretsManagerService SecretsManager { get; }

    /// <summary>Endpoints of others, and what was posted to them.</summary>
    public EndpointService Endpoints { get; } = new();

    /// <summary>IAM: roles and their policies.</summary>
    public IamService Iam { get; }

    /// <summary>CloudWatch Logs: log groups and what deployed functions wrote.</summary>
    public LogsService Logs { get; }

    /// <summary>
    /// Every permission that a role of IAM needed, in order, with <see cref="CloudOptions.EnforcePolicies"/>; empty without it. A policy that allows more
    /// than these is too wide.
    /// </summary>
    public Journal<AccessCheck> AccessChecks => Access.Checks;

    internal AccessControl Access { get; }

    /// <summary>STS: roles and who may assume them.</summary>
    public StsService Sts { get; }

    /// <summary>Starts a cloud that answers until it is disposed.</summary>
    /// <param name="options">The options; null, the default, for all defaults.</param>
    public static Cloud Start(CloudOptions? options = null) => new(options ?? new CloudOptions());

    /// <summary>Adds a service; one with a signing name that is already taken replaces the earlier one.</summary>
    public void Add(IService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _services.Add(service);
    }

    /// <summary>Stops answering and closes all connections.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
