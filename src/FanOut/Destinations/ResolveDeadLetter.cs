using Amazon.Runtime;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds dead letters: a queue by its name, a bucket's region, and whether what is given in full is there; each is looked up once.</summary>
/// <remarks>It is needed only when a delivery fails: that is too late to find out that its name was misspelt, or that a bucket is in another region.</remarks>
internal sealed class ResolveDeadLetter
{
    private readonly Dictionary<(AwsSession Session, string Text), FoundDeadLetter> _found = [];

    /// <summary>The dead letter.</summary>
    /// <param name="session">Who looks it up, in the function's region.</param>
    /// <param name="text">What the user named.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">There is no queue of that name.</exception>
    public async Task<FoundDeadLetter> FindAsync(AwsSession session, string text, CancellationToken cancellationToken)
    {
        if (!_found.TryGetValue((session, text), out FoundDeadLetter? found))
        {
            _found[(session, text)] = found = await LookUpAsync(session, text, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private static async Task<FoundDeadLetter> LookUpAsync(AwsSession session, string text, CancellationToken cancellationToken)
    {
        if (FindQueue.IsName(text))
        {
            return new FoundDeadLetter((await FindQueue.ByNameAsync(session, text, cancellationToken).ConfigureAwait(false)).Destination);
        }

        // arn:aws:s3:::bucket/prefix, as -OnFailureDestination has it.
        if (Arn.TryParse(text, out Arn? arn) && arn.Service == "s3")
        {
            text = BucketDestination.Scheme + arn.Resource;
        }

        // What is no dead letter at all is refused with the other settings.
        if (!Destination.TryParseDeadLetter(text, out Destination? place, out _))
        {
            return new FoundDeadLetter(text);
        }

        if (place is BucketDestination bucket)
        {
            return await LookUpAsync(session, bucket, cancellationToken).ConfigureAwait(false);
        }

        AwsSession there = place.Region is { } region ? session.In(region) : session;
        try
        {
            await (place switch
            {
                QueueDestination { Account: { } account } queue => there.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s))
                    .GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = queue.Name, QueueOwnerAWSAccountId = account }, cancellationToken),
                TopicDestination topic => there.Client(AmazonSimpleNotificationServiceClient.Service, static (c, s) => new AmazonSimpleNotificationServiceClient(c, s))
                    .GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = topic.Text }, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
            return new FoundDeadLetter(text);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" or "NotFound" or "NotFoundException")
        {
            return new FoundDeadLetter(text, Missing(text, there));
        }
        catch (AmazonServiceException)
        {
            // Who may not ask takes it as it is.
            return new FoundDeadLetter(text);
        }
    }

    // A bucket of another region than the function's takes nothing, unless its region is named.
    private static async Task<FoundDeadLetter> LookUpAsync(AwsSession session, BucketDestination bucket, CancellationToken cancellationToken)
    {
        try
        {
            string region = await FindBucket.RegionAsync(session, bucket.Bucket, cancellationToken).ConfigureAwait(false);
            return (bucket.BucketRegion ?? session.Region) == region ? new FoundDeadLetter(bucket.Text)
                : bucket.BucketRegion is null ? new FoundDeadLetter($"{bucket.Text}?region={region}")
                : new FoundDeadLetter(bucket.Text, $"The bucket {bucket.Bucket} is in {region}, not in {bucket.BucketRegion}: it will take nothing from there.");
        }
        catch (AmazonServiceException e) when (e.ErrorCode == FindBucket.NoneThere)
        {
            return new FoundDeadLetter(bucket.Text, Missing(bucket.Text, session));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException)
        {
            // Who may not ask takes it as it is; so does who has asked for an endpoint that S3 does not have there.
            return new FoundDeadLetter(bucket.Text);
        }
    }

    private static string Missing(string text, AwsSession session) =>
        $"The dead letter {text} does not exist, or {session.Identity} may not see it: what cannot be delivered will be reported as failed if it cannot go there either.";
}
