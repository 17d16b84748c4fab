namespace FanOut.Completion;

/// <summary>Completes types of targets; the tool tip has the form of their destination.</summary>
public sealed class TypeCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("sns", "SNS topic: name or ARN"),
        new("sqs", "SQS queue: name, URL or ARN"),
        new("es", "Elasticsearch or OpenSearch index: domain with -Index, or endpoint#index"),
        new("kinesis", "Kinesis stream: name or ARN"),
        new("firehose", "Firehose delivery stream: name or ARN"),
        new("iot", "IoT topic: name, or endpoint#topic"),
        new("lambda", "Lambda function: name or ARN"),
        new("memcached", "Memcached: ElastiCache cluster, or host:port"),
        new("redis", "Redis or Valkey: ElastiCache replication group, host:port, or rediss://user:password@host:port"),
    ];
}
