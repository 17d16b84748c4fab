using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>What sending to a destination needs; the engine's targets make these calls and no others.</summary>
internal static class DestinationGrants
{
    /// <summary>The grants for one mapping, for whoever sends: the function's role, or the role that the mapping names.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="home">Where the function lies.</param>
    public static IEnumerable<Grant> Of(Mapping mapping, AwsLocation home)
    {
        AwsLocation place = home.Of(mapping);
        return mapping.Destination switch
        {
            TopicDestination topic => [Topic(topic.Text)],
            QueueDestination queue => [Queue(QueueArn(queue, place))],
            StreamDestination stream => [new Grant("PutToStreams", ["kinesis:PutRecords"], stream.Arn?.ToString() ?? place.ArnOf("kinesis", $"stream/{stream.Name}"))],
            DeliveryStreamDestination delivery =>
                [new Grant("PutToDeliveryStreams", ["firehose:PutRecordBatch"], delivery.Arn?.ToString() ?? place.ArnOf("firehose", $"deliverystream/{delivery.Name}"))],
            IotDestination iot => [new Grant("PublishToIotTopics", ["iot:Publish"], place.ArnOf("iot", $"topic/{IamText.Literal(iot.Topic)}"))],
            FunctionDestination function => Function(function, place),
            IndexDestination index => [Index(index, place)],

            // Caches know nothing of IAM: the network decides who reaches them.
            CacheDestination => [],
            _ => throw new ArgumentOutOfRangeException(nameof(mapping), mapping.Type, "No such destination."),
        };
    }

    /// <summary>What cannot be known of a destination, and what was done instead; none: all is known.</summary>
    public static string? NoteOf(Mapping mapping) => mapping.Destination is IndexDestination index && (index, index.Endpoint.Host) switch
    {
        ({ IsServerless: true }, _) => $"The collection's data access policy must allow the role to write documents too (aoss:WriteDocument on index/…/{index.Path}).",
        (_, var host) when !DomainName.TryRead(host, out _) =>
            $"The host {host} does not tell the name of its domain: the statement allows this index in every domain of the account and region. Put the domain's name there.",
        _ => null,
    } is { } note ? $"Target '{mapping.Id}': {note}" : null;

    /// <summary>Publishing to a topic.</summary>
    public static Grant Topic(string arn) => new("PublishToTopics", ["sns:Publish"], arn);

    /// <summary>Sending to a queue.</summary>
    public static Grant Queue(string arn) => new("SendToQueues", ["sqs:SendMessage"], arn);

    /// <summary>A queue's ARN.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="place">Where it lies as far as it does not say so itself.</param>
    public static string QueueArn(QueueDestination queue, AwsLocation place) =>
        Arn.Looks(queue.Text) ? queue.Text : (place with { Account = queue.Account ?? place.Account }).ArnOf("sqs", queue.Name);

    /// <summary>Putting objects into a bucket.</summary>
    /// <param name="bucketArn">The bucket.</param>
    /// <param name="keys">What their keys start with, a slash after it; or nothing.</param>
    public static Grant Bucket(string bucketArn, string keys) => new("PutToBuckets", ["s3:PutObject"], $"{bucketArn}/{keys}*");

    // Lambda asks for the alias or version that is called; that the function itself is listed as required too is the service's own authorization
    // reference: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    private static Grant[] Function(FunctionDestination function, AwsLocation place)
    {
        string arn = (place with { Account = function.Account ?? place.Account, Region = function.FunctionRegion ?? place.Region, Partition = PartitionOf(function) ?? place.Partition })
            .ArnOf("lambda", $"function:{function.Name}");
        return [.. (function.Qualifier is null ? new[] { arn } : [arn, $"{arn}:{function.Qualifier}"]).Select(static a => new Grant("InvokeFunctions", ["lambda:InvokeFunction"], a))];
    }

    private static string? PartitionOf(FunctionDestination function) => Arn.TryParse(function.Text, out Arn? arn) ? arn.Partition : null;

    // A collection's endpoint starts with its id, a domain's tells its name; https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
    private static Grant Index(IndexDestination index, AwsLocation place)
    {
        string host = index.Endpoint.Host;
        if (index.IsServerless)
        {
            return new Grant("PostToCollections", ["aoss:APIAccessAll"], place.ArnOf("aoss", $"collection/{host.Split('.')[0]}"));
        }

        string domain = DomainName.TryRead(host, out string? name) ? name : "*";
        return new Grant("PostToIndexes", ["es:ESHttpPost"], place.ArnOf("es", $"domain/{domain}/{IamText.Literal(Uri.UnescapeDataString(index.Path))}/_bulk"));
    }
}
