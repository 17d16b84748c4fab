namespace FanOut.Engine.Faults;

/// <summary>A service whose errors are told apart.</summary>
public enum Service
{
    /// <summary>Any AWS service: what their front ends say, whoever stands behind.</summary>
    Any,

    /// <summary>Kinesis Data Streams.</summary>
    Kinesis,

    /// <summary>Amazon Data Firehose.</summary>
    Firehose,

    /// <summary>Simple Queue Service.</summary>
    Sqs,

    /// <summary>Simple Notification Service.</summary>
    Sns,

    /// <summary>AWS IoT's data plane.</summary>
    Iot,

    /// <summary>Lambda.</summary>
    Lambda,

    /// <summary>EventBridge's event buses.</summary>
    Events,

    /// <summary>Step Functions.</summary>
    States,

    /// <summary>OpenSearch, OpenSearch Serverless and Elasticsearch.</summary>
    OpenSearch,

    /// <summary>Simple Storage Service.</summary>
    S3,

    /// <summary>Security Token Service.</summary>
    Sts,

    /// <summary>DynamoDB.</summary>
    DynamoDb,

    /// <summary>Redis and Valkey.</summary>
    Redis,

    /// <summary>memcached.</summary>
    Memcached,

    /// <summary>Secrets Manager.</summary>
    SecretsManager,

    /// <summary>An HTTPS endpoint of anybody's, whose only code is its status.</summary>
    Http,
}
