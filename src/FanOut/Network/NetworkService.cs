namespace FanOut.Network;

/// <summary>A service that a function calls, and the VPC endpoint that leads to it.</summary>
/// <remarks>The names of endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html</remarks>
/// <param name="Name">The service's name, as messages show it.</param>
/// <param name="Endpoint">What the name of its endpoint ends with: <c>com.amazonaws.eu-west-1.</c><i>sqs</i>.</param>
/// <param name="Id">The service's id in the variables that set another endpoint: <c>AWS_ENDPOINT_URL_</c><i>SQS</i>.</param>
internal sealed record NetworkService(string Name, string Endpoint, string Id)
{
    public static NetworkService DynamoDb { get; } = new("DynamoDB", "dynamodb", "DYNAMODB") { HasGateway = true };

    public static NetworkService S3 { get; } = new("S3", "s3", "S3") { HasGateway = true };

    public static NetworkService Kinesis { get; } = new("Kinesis", "kinesis-streams", "KINESIS");

    public static NetworkService Firehose { get; } = new("Firehose", "kinesis-firehose", "FIREHOSE");

    public static NetworkService Sqs { get; } = new("SQS", "sqs", "SQS");

    public static NetworkService Sns { get; } = new("SNS", "sns", "SNS");

    public static NetworkService Lambda { get; } = new("Lambda", "lambda", "LAMBDA");

    public static NetworkService EventBridge { get; } = new("EventBridge", "events", "EVENTBRIDGE");

    public static NetworkService StepFunctions { get; } = new("Step Functions", "states", "SFN");

    public static NetworkService SecretsManager { get; } = new("Secrets Manager", "secretsmanager", "SECRETS_MANAGER");

    public static NetworkService Sts { get; } = new("STS", "sts", "STS");

    public static NetworkService CloudWatch { get; } = new("CloudWatch", "monitoring", "CLOUDWATCH");

    // https://docs.aws.amazon.com/iot/latest/developerguide/IoTCore-VPC.html: a private hosted zone of the user's leads to it.
    public static NetworkService Iot { get; } = new("AWS IoT", "iot.data", "IOT_DATA_PLANE") { HasPrivateDns = false };

    /// <summary>Whether a gateway leads to it, which costs nothing: then that is what is advised.</summary>
    public bool HasGateway { get; private init; }

    /// <summary>Whether its endpoint can take over the service's usual host name.</summary>
    public bool HasPrivateDns { get; private init; } = true;
}
