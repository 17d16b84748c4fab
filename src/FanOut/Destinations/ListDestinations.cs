using Amazon.SecurityToken.Model;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;
using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.Destinations;

/// <summary>Lists what a target of a type could send to, in the session's account and region.</summary>
/// <param name="session">Who asks.</param>
/// <param name="inFull">Whether the destination in full is wanted, which may take further calls.</param>
/// <param name="cancellationToken">Cancels the listing.</param>
internal sealed class ListDestinations(AwsSession session, bool inFull, CancellationToken cancellationToken)
{
    private const int AtATime = 1000;

    /// <summary>The destinations; in parts, because some come from several calls, which the caller may not all be allowed to make.</summary>
    /// <param name="type">The type of the target.</param>
    /// <param name="word">How a domain's name begins, if it is known; else empty.</param>
    public IEnumerable<IAsyncEnumerable<ListedDestination>> Of(TargetType type, string word) => type switch
    {
        TargetType.Sns => [Topics()],
        TargetType.Sqs => [Queues()],
        TargetType.Es => [new ListDomains(session, inFull, cancellationToken).AllAsync(word)],
        TargetType.Kinesis => [Streams()],
        TargetType.Firehose => [DeliveryStreamsAsync()],
        TargetType.Iot => [IotEndpointAsync()],
        TargetType.Lambda => [Functions()],
        TargetType.Events => [EventBuses()],
        TargetType.States => [StateMachines()],
        TargetType.Memcached => new ListCaches(session, cancellationToken).Memcached(),
        TargetType.Redis => new ListCaches(session, cancellationToken).Redis(),

        // Nobody has a list of endpoints.
        TargetType.Http => [],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such target type."),
    };

    /// <summary>The topics.</summary>
    public IAsyncEnumerable<ListedDestination> Topics()
    {
        AmazonSimpleNotificationServiceClient sns =
            session.Client(AmazonSimpleNotificationServiceClient.Service, static (c, s) => new AmazonSimpleNotificationServiceClient(c, s));
        return Pages.AllAsync(
            next => sns.ListTopicsAsync(new ListTopicsRequest { NextToken = next }, cancellationToken),
            static p => p.Topics?.Select(static t => t.TopicArn).OfType<string>().Select(static a => new ListedDestination(a[(a.LastIndexOf(':') + 1)..], a, "SNS topic")),
            static p => p.NextToken);
    }

    /// <summary>The queues, in full as ARNs.</summary>
    public IAsyncEnumerable<ListedDestination> Queues()
    {
        AmazonSQSClient sqs = session.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));
        return Pages.AllAsync(
            next => sqs.ListQueuesAsync(new ListQueuesRequest { MaxResults = AtATime, NextToken = next }, cancellationToken),
            page => page.QueueUrls?.Select(QueueAt),
            static p => p.NextToken);
    }

    /// <summary>The buckets of all regions, in full as they are written for dead letters.</summary>
    public IAsyncEnumerable<ListedDestination> Buckets()
    {
        AmazonS3Client s3 = session.Client(AmazonS3Client.Service, static (c, s) => new AmazonS3Client(c, s));
        return Pages.AllAsync(
            next => s3.ListBucketsAsync(new ListBucketsRequest { ContinuationToken = next }, cancellationToken),
            page => page.Buckets?.Where(static b => b.BucketName is not null).Select(b => new ListedDestination(
                b.BucketName!, BucketDestination.Scheme + b.BucketName + (b.BucketRegion is { } region && region != session.Region ? $"?region={region}" : ""), $"S3 bucket{(b.BucketRegion is null ? "" : $" in {b.BucketRegion}")}")),
            static p => p.ContinuationToken);
    }

    private ListedDestination QueueAt(string url)
    {
        QueueDestination? queue = QueueDestination.TryParse(url, out QueueDestination? parsed, out _) ? parsed : null;
        string? arn = queue?.Account is { } account ? $"arn:{Partition.OfRegion(session.Region).Id}:sqs:{session.Region}:{account}:{queue.Name}" : null;
        return new ListedDestination(url[(url.LastIndexOf('/') + 1)..], arn ?? url, "SQS queue");
    }

    private IAsyncEnumerable<ListedDestination> Streams()
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        return Pages.AllAsync(
            last => kinesis.ListStreamsAsync(new ListStreamsRequest { ExclusiveStartStreamName = last }, cancellationToken),
            static p => p.StreamNames?.Select(n => new ListedDestination(n, p.StreamSummaries?.Find(s => s.StreamName == n)?.StreamARN, "Kinesis stream")),
            static p => p.HasMoreStreams == true ? p.StreamNames?.LastOrDefault() : null);
    }

    // Firehose lists names alone.
    private async IAsyncEnumerable<ListedDestination> DeliveryStreamsAsync()
    {
        AmazonKinesisFirehoseClient firehose = session.Client(AmazonKinesisFirehoseClient.Service, static (c, s) => new AmazonKinesisFirehoseClient(c, s));
        string? account = inFull
            ? (await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).Account
            : null;
        IAsyncEnumerable<string> names = Pages.AllAsync(
            last => firehose.ListDeliveryStreamsAsync(new ListDeliveryStreamsRequest { Limit = AtATime, ExclusiveStartDeliveryStreamName = last }, cancellationToken),
            static p => p.DeliveryStreamNames,
            static p => p.HasMoreDeliveryStreams == true ? p.DeliveryStreamNames?.LastOrDefault() : null);
        await foreach (string name in names.ConfigureAwait(false))
        {
            string? arn = account is null ? null : $"arn:{Partition.OfRegion(session.Region).Id}:firehose:{session.Region}:{account}:deliverystream/{name}";
            yield return new ListedDestination(name, arn, "Firehose delivery stream");
        }
    }

    // Topics of IoT are not resources: only the endpoint can be listed.
    private async IAsyncEnumerable<ListedDestination> IotEndpointAsync()
    {
        string endpoint = (await FindIotEndpoint.ForTopicAsync(session, "", cancellationToken).ConfigureAwait(false)).Destination;
        yield return new ListedDestination(endpoint, endpoint, "the account's IoT endpoint; the topic follows");
    }

    // Those of partners take no events of others.
    private IAsyncEnumerable<ListedDestination> EventBuses()
    {
        AmazonEventBridgeClient events = session.Client(AmazonEventBridgeClient.Service, static (c, s) => new AmazonEventBridgeClient(c, s));
        return Pages.AllAsync(
            next => events.ListEventBusesAsync(new ListEventBusesRequest { Limit = 100, NextToken = next }, cancellationToken),
            static p => p.EventBuses?.Where(static b => b.Arn is not null && EventBusDestination.TryParse(b.Arn, out _, out string? _)).Select(static b => new ListedDestination(b.Name!, b.Arn, "EventBridge event bus")),
            static p => p.NextToken);
    }

    private IAsyncEnumerable<ListedDestination> StateMachines()
    {
        AmazonStepFunctionsClient states = session.Client(AmazonStepFunctionsClient.Service, static (c, s) => new AmazonStepFunctionsClient(c, s));
        return Pages.AllAsync(
            next => states.ListStateMachinesAsync(new ListStateMachinesRequest { MaxResults = AtATime, NextToken = next }, cancellationToken),
            static p => p.StateMachines?.Select(static m => new ListedDestination(m.Name!, m.StateMachineArn, $"Step Functions state machine, {m.Type}")),
            static p => p.NextToken);
    }

    private IAsyncEnumerable<ListedDestination> Functions()
    {
        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));
        return Pages.AllAsync(
            next => lambda.ListFunctionsAsync(new ListFunctionsRequest { Marker = next }, cancellationToken),
            static p => p.Functions?.Select(static f => new ListedDestination(f.FunctionName!, f.FunctionArn, $"Lambda function, {f.Runtime ?? f.PackageType}")),
            static p => p.NextMarker);
    }
}
