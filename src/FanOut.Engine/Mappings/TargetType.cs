namespace FanOut.Engine.Mappings;

/// <summary>The kinds of target; the names are those of the table's <c>type</c> attribute, in lower case.</summary>
public enum TargetType
{
    /// <summary>An SNS topic, standard or FIFO.</summary>
    Sns,

    /// <summary>An SQS queue, standard or FIFO.</summary>
    Sqs,

    /// <summary>An index of Elasticsearch, OpenSearch or OpenSearch Serverless.</summary>
    Es,

    /// <summary>A Kinesis data stream.</summary>
    Kinesis,

    /// <summary>A Firehose delivery stream.</summary>
    Firehose,

    /// <summary>An MQTT topic of AWS IoT.</summary>
    Iot,

    /// <summary>A Lambda function, invoked asynchronously.</summary>
    Lambda,

    /// <summary>An event bus of EventBridge.</summary>
    Events,

    /// <summary>A state machine of Step Functions.</summary>
    States,

    /// <summary>A Memcached node or cluster.</summary>
    Memcached,

    /// <summary>A Redis or Valkey node or cluster.</summary>
    Redis,

    /// <summary>An HTTPS endpoint.</summary>
    Http,
}
