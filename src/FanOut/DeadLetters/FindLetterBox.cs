using Amazon.Runtime;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.DeadLetters;

/// <summary>Finds where letters lie: a queue by its name, URL or ARN, or a bucket's prefix.</summary>
internal static class FindLetterBox
{
    /// <summary>Finds it.</summary>
    /// <param name="session">Who looks it up.</param>
    /// <param name="text">What the user named.</param>
    /// <param name="visibility">How long letters of a queue are hidden by reading.</param>
    /// <param name="notBefore">Objects of a bucket that were put before that are not read; null: all are.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">DestinationNotFound; InvalidDestination: it is none of these.</exception>
    public static async Task<ILetterBox> OfAsync(AwsSession session, string text, TimeSpan visibility, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (FindQueue.IsName(text))
        {
            text = await FindQueue.UrlAsync(session, text, "Give the name, URL or ARN of the queue, or s3://bucket/prefix.", cancellationToken).ConfigureAwait(false);
        }
        else if (Arn.TryParse(text, out Arn? arn) && arn.Service == "s3")
        {
            // arn:aws:s3:::bucket/prefix, as -OnFailureDestination has it.
            text = BucketDestination.Scheme + arn.Resource;
        }

        if (!Destination.TryParseDeadLetter(text, out Destination? place, out string? problem))
        {
            throw FanOutError.InvalidDestination(text, problem);
        }

        switch (place)
        {
            case QueueDestination queue:
                return new QueueLetters(queue.Region is { } region ? session.In(region) : session, queue, visibility);
            case BucketDestination bucket:
                return new BucketLetters(session.In(bucket.BucketRegion ?? await RegionAsync(session, bucket.Bucket, cancellationToken).ConfigureAwait(false)), bucket, notBefore);
            default:
                throw FanOutError.InvalidDestination(text, $"a topic keeps nothing. {await QueuesAsync(session, (TopicDestination)place, cancellationToken).ConfigureAwait(false)}");
        }
    }

    // Who may not ask takes the function's region, which is a bucket's unless its mapping says otherwise.
    private static async Task<string> RegionAsync(AwsSession session, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            return await FindBucket.RegionAsync(session, bucket, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == FindBucket.NoneThere)
        {
            throw FanOutError.DestinationNotFound("S3 bucket", bucket, session.Region, session.Identity, "Give the name of the bucket as the target's dead letter has it: s3://bucket/prefix.", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException)
        {
            return session.Region;
        }
    }

    private static async Task<string> QueuesAsync(AwsSession session, TopicDestination topic, CancellationToken cancellationToken)
    {
        try
        {
            ListSubscriptionsByTopicResponse page = await session.In(topic.Region ?? session.Region).Client(AmazonSimpleNotificationServiceClient.Service, static (c, s) => new AmazonSimpleNotificationServiceClient(c, s))
                .ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topic.Text }, cancellationToken).ConfigureAwait(false);
            string[] queues = [.. (page.Subscriptions ?? []).Where(static s => s.Protocol == "sqs").Select(static s => s.Endpoint).OfType<string>()];
            return queues.Length == 0 ? "No queue is subscribed to it: its letters went where its subscriptions lead, and are not kept" : $"Give the queue that is subscribed to it: {string.Join(" or ", queues)}";
        }
        catch (AmazonServiceException)
        {
            return "Give the queue that is subscribed to it";
        }
    }
}
