using FanOut.Aws.Http;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Sources;

namespace FanOut.Network;

/// <summary>What a function has to reach, by its mappings and variables. docs/vpc.md has the same for its readers.</summary>
/// <param name="region">The function's region.</param>
/// <param name="table">Its table of mappings, name or ARN.</param>
/// <param name="variables">Its variables.</param>
internal sealed class NetworkNeeds(string region, string table, IReadOnlyDictionary<string, string> variables)
{
    // The last label but the suffix names ElastiCache and MemoryDB: name.abc.cfg.use1.cache.amazonaws.com, clustercfg.name.abc.memorydb.us-east-1.amazonaws.com.
    private static readonly string[] Caches = [".cache.", ".memorydb."];

    /// <summary>What is outside of the VPC. Caches and domains within it are not among them, nor what another endpoint was set for, or whose place cannot be known.</summary>
    /// <param name="mappings">The enabled mappings.</param>
    public IEnumerable<NetworkNeed> Of(IEnumerable<Mapping> mappings)
    {
        NetworkNeed ofTable = new(NetworkService.DynamoDb, Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? arn.Region : region, Table: arn?.ResourceName ?? table);
        IEnumerable<NetworkNeed> ofMetrics = variables.TryGetValue(FunctionVariables.Metrics, out string? metrics) && metrics.Equals("cloudwatch", StringComparison.OrdinalIgnoreCase)
            ? [new NetworkNeed(NetworkService.CloudWatch, region)]
            : [];
        return mappings.SelectMany(Of).Prepend(ofTable).Concat(ofMetrics).Where(n => n.Service is null || !IsElsewhere(n.Service));
    }

    /// <summary>Whether a mapping's destination has addresses only within its VPC.</summary>
    public static bool IsWithin(Mapping mapping) => mapping.Destination switch
    {
        CacheDestination cache => Array.Exists(Caches, c => cache.Host.Contains(c, StringComparison.OrdinalIgnoreCase)),
        IndexDestination { IsServerless: false, DomainRegion: not null } index => index.Endpoint.Host.StartsWith("vpc-", StringComparison.Ordinal),
        _ => false,
    };

    private IEnumerable<NetworkNeed> Of(Mapping mapping)
    {
        if (OfTarget(mapping) is { } target)
        {
            yield return target;
        }

        if (mapping is { Type: TargetType.Http, HeadersSecret: { } secret } && Arn.TryParse(secret, out Arn? arn))
        {
            yield return new NetworkNeed(NetworkService.SecretsManager, arn.Region, Target: mapping.Id);
        }

        if (TargetRolePolicy.RoleOf(mapping) is not null)
        {
            yield return new NetworkNeed(NetworkService.Sts, region, Target: mapping.Id);
        }

        if (mapping is { OnFailure: OnFailure.DeadLetter, DeadLetter: { } letters } && ServiceOf(letters) is { } service)
        {
            yield return new NetworkNeed(service, letters.Region ?? region, Target: mapping.Id);
        }
    }

    // The domain of a host of one's own may be anywhere, and collections have endpoints that OpenSearch Serverless manages.
    private NetworkNeed? OfTarget(Mapping mapping) =>
        ServiceOf(mapping.Destination) is { } service ? new NetworkNeed(service, mapping.TargetRegion ?? region, Target: mapping.Id)
        : mapping.Destination is IndexDestination { IsServerless: false, DomainRegion: { } its } index && !IsWithin(mapping) ? new NetworkNeed(null, its, index.Endpoint.Host, Target: mapping.Id)
        : mapping.Destination is HttpDestination { Url.Host: var host } && !MayBePrivate ? new NetworkNeed(null, region, host, Target: mapping.Id)
        : null;

    private static NetworkService? ServiceOf(Destination destination) => destination switch
    {
        StreamDestination => NetworkService.Kinesis,
        DeliveryStreamDestination => NetworkService.Firehose,
        QueueDestination { QueueRegion: not null } => NetworkService.Sqs,
        TopicDestination => NetworkService.Sns,
        FunctionDestination => NetworkService.Lambda,
        EventBusDestination => NetworkService.EventBridge,
        StateMachineDestination => NetworkService.StepFunctions,
        IotDestination { EndpointRegion: not null } => NetworkService.Iot,
        BucketDestination => NetworkService.S3,
        _ => null,
    };

    // Then an endpoint may be in the VPC, or in a network that is connected to it.
    private bool MayBePrivate => variables.TryGetValue(AddressRules.Variable, out string? networks) && networks.Length > 0;

    private bool IsElsewhere(NetworkService service) =>
        variables.ContainsKey("AWS_ENDPOINT_URL") || variables.ContainsKey($"AWS_ENDPOINT_URL_{service.Id}");
}
