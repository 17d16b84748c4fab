using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;

namespace FanOut.Deployment.Policies;

/// <summary>The permissions to send to a destination: those for the calls that the engine's targets make, and no others.</summary>
internal static class DestinationGrants
{
    /// <summary>The grants for one mapping. They go to the role that sends: the one that the mapping names, else the function's.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="home">The function's location.</param>
    public static IEnumerable<Grant> Of(Mapping mapping, AwsLocation home)
    {
        AwsLocation location = home.Of(mapping);
        return mapping.Destination switch
        {
            TopicDestination topic => [Topic(topic.Text)],
            QueueDestination queue => [Queue(QueueArn(queue, location))],
            StreamDestination stream => [new Grant("PutToStreams", ["kinesis:PutRecords"], stream.Arn?.ToString() ?? location.ArnOf("kinesis", $"stream/{stream.Name}"))],
            DeliveryStreamDestination delivery =>
                [new Grant("PutToDeliveryStreams", ["firehose:PutRecordBatch"], delivery.Arn?.ToString() ?? location.ArnOf("firehose", $"deliverystream/{delivery.Name}"))],
            IotDestination iot => [new Grant("PublishToIotTopics", ["iot:Publish"], location.ArnOf("iot", $"topic/{AnyOf(iot.Topic, iot)}"))],
            FunctionDestination function => Function(function, location),
            EventBusDestination bus => [new Grant("PutEvents", ["events:PutEvents"], bus.Arn.ToString())],

            // For versions and aliases too the state machine is asked for: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
            StateMachineDestination machine => [new Grant("StartExecutions", ["states:StartExecution"], IamText.Literal(machine.Arn.ToString()))],
            IndexDestination index => [Index(index, location)],

            // Caches know nothing of IAM: the network decides who reaches them.
            CacheDestination => [],

            // An endpoint of anybody's, either; what it is to be told may be in a secret.
            HttpDestination => mapping.HeadersSecret is { } secret ? [new Grant("ReadHeaders", ["secretsmanager:GetSecretValue"], IamText.Literal(secret))] : [],
            _ => throw new ArgumentOutOfRangeException(nameof(mapping), mapping.Type, "No such destination."),
        };
    }

    /// <summary>What the destination does not tell, and what the policy has instead; null: it tells everything.</summary>
    public static string? NoteOf(Mapping mapping) => mapping.Destination is IndexDestination index && (index, index.Endpoint.Host) switch
    {
        ({ IsServerless: true }, _) => $"The collection's data access policy must allow the role to write documents too (aoss:WriteDocument on index/…/{(index.Template is { } template ? RecordPlaces.Fill(template, "*") : index.Path)}).",
        (_, var host) when !DomainName.TryRead(host, out _) =>
            $"The host {host} does not tell the name of its domain: the statement allows {(index.Template is null ? "this index" : "all indices")} in every domain of the account and region. Put the domain's name there.",
        _ => null,
    } is { } note ? $"Target '{mapping.Id}': {note}" : null;

    /// <summary>Publishing to a topic.</summary>
    public static Grant Topic(string arn) => new("PublishToTopics", ["sns:Publish"], arn);

    /// <summary>Sending to a queue.</summary>
    public static Grant Queue(string arn) => new("SendToQueues", ["sqs:SendMessage"], arn);

    /// <summary>A queue's ARN.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="location">Its location, unless its own text names another.</param>
    public static string QueueArn(QueueDestination queue, AwsLocation location) =>
        Arn.Looks(queue.Text) ? queue.Text : (location with { Account = queue.Account ?? location.Account }).ArnOf("sqs", queue.Name);

    /// <summary>Putting objects into a bucket.</summary>
    /// <param name="bucketArn">The bucket.</param>
    /// <param name="keys">The beginning of the objects' keys, with a slash at its end; or an empty text.</param>
    public static Grant Bucket(string bucketArn, string keys) => new("PutToBuckets", ["s3:PutObject"], $"{bucketArn}/{keys}*");

    // Lambda checks the alias or version that is called. The function itself is allowed too, as the service's authorization reference lists it as
    // required: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    private static Grant[] Function(FunctionDestination function, AwsLocation location)
    {
        string arn = (location with { Account = function.Account ?? location.Account, Region = function.FunctionRegion ?? location.Region, Partition = PartitionOf(function) ?? location.Partition })
            .ArnOf("lambda", $"function:{function.Name}");
        return [.. (function.Qualifier is null ? new[] { arn } : [arn, $"{arn}:{function.Qualifier}"]).Select(static a => new Grant("InvokeFunctions", ["lambda:InvokeFunction"], a))];
    }

    // What is made of the record may be anything.
    private static string AnyOf(string name, Destination destination) =>
        destination.Template is null ? IamText.Literal(name) : RecordPlaces.Fill(name, "*", IamText.Literal);

    private static string? PartitionOf(FunctionDestination function) => Arn.TryParse(function.Text, out Arn? arn) ? arn.Partition : null;

    // The endpoint of a collection starts with its id, that of a domain holds its name: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
    private static Grant Index(IndexDestination index, AwsLocation location)
    {
        string host = index.Endpoint.Host;
        if (index.IsServerless)
        {
            return new Grant("PostToCollections", ["aoss:APIAccessAll"], location.ArnOf("aoss", $"collection/{host.Split('.')[0]}"));
        }

        string domain = DomainName.TryRead(host, out string? name) ? name : "*";
        string path = index.Template is not null ? "_bulk" : $"{IamText.Literal(Uri.UnescapeDataString(index.Path))}/_bulk";
        return new Grant("PostToIndexes", ["es:ESHttpPost"], location.ArnOf("es", $"domain/{domain}/{path}"));
    }
}
