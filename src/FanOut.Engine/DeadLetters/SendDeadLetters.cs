using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>Sends what could not be delivered to queues, topics and buckets, as the function itself, whatever role the mapping has.</summary>
/// <remarks>
/// What the destination refuses for now is sent again until the token is cancelled. Nothing that goes wrong there is thrown: the records of which the
/// place did not say that it has them are returned as failed.
/// </remarks>
/// <param name="clients">The clients.</param>
/// <param name="origin">The function, as the envelopes tell it; none: they do not.</param>
/// <param name="time">The clock of back-off, and of the names of objects.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class SendDeadLetters(AwsClients clients, Origin? origin, TimeProvider time, Random random) : IDeadLetters
{
    /// <inheritdoc/>
    public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(undelivered);
        if (undelivered.Count == 0)
        {
            return Task.FromResult(Receipt.AllTaken);
        }

        IDeadLetterDestination destination;
        try
        {
            destination = DestinationOf(mapping, group);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure failure = DeadLetterFailure.Of(Classify.Of(e), e, mapping.DeadLetter!, "it");
            var failed = new ItemFailure[undelivered.Count];
            for (int i = 0; i < failed.Length; i++)
            {
                failed[i] = new ItemFailure(i, failure);
            }

            return Task.FromResult(new Receipt(failed));
        }

        return new Posting(destination, mapping.DeadLetter!, new Envelopes(mapping, group, origin), undelivered, time, random).RunAsync(cancellationToken);
    }

    private IDeadLetterDestination DestinationOf(Mapping mapping, RecordGroup group)
    {
        var labels = new MessageLabels(mapping, group);
        return mapping.DeadLetter switch
        {
            QueueDestination queue => new DeadLetterQueue(queue, clients.Own(AmazonSQSClient.Service, (c, s) => new AmazonSQSClient(c, s), queue.Region), labels),
            TopicDestination topic => new DeadLetterTopic(
                topic, clients.Own(AmazonSimpleNotificationServiceClient.Service, (c, s) => new AmazonSimpleNotificationServiceClient(c, s), topic.Region), labels),
            BucketDestination bucket => new DeadLetterBucket(bucket, clients.Own(AmazonS3Client.Service, (c, s) => new AmazonS3Client(c, s), bucket.Region), mapping, labels, time),
            _ => throw new ArgumentException($"The mapping '{mapping.Id}' has no dead letter.", nameof(mapping)),
        };
    }
}
