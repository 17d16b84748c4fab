using FanOut.Engine.Mappings;

namespace FanOut.Completion;

/// <summary>Completes types of targets; the tool tip has the form of their destination.</summary>
public sealed class TypeCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
        Enum.GetValues<TargetType>().Select(static type => new Value(MappingText.Of(type), FormOf(type)));

    private static string FormOf(TargetType type) => type switch
    {
        TargetType.Sns => "SNS topic: name or ARN",
        TargetType.Sqs => "SQS queue: name, URL or ARN",
        TargetType.Es => "Elasticsearch or OpenSearch index: domain with -Index, or endpoint#index",
        TargetType.Kinesis => "Kinesis stream: name or ARN",
        TargetType.Firehose => "Firehose delivery stream: name or ARN",
        TargetType.Iot => "IoT topic: name, or endpoint#topic",
        TargetType.Lambda => "Lambda function: name or ARN",
        TargetType.Events => "EventBridge event bus: name or ARN",
        TargetType.States => "Step Functions state machine: name or ARN",
        TargetType.Memcached => "Memcached: ElastiCache cluster, or host:port",
        TargetType.Redis => "Redis or Valkey: ElastiCache replication group, host:port, or rediss://user:password@host:port",
        TargetType.Http => "HTTPS endpoint: https://host/path",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such target type."),
    };
}
