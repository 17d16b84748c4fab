using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>Sends what could not be delivered to queues, topics and buckets, as the function itself, whatever role the mapping has.</summary>
/// <remarks>
/// What the destination refuses for now is sent again until the token is cancelled. No failure there is thrown: records that the
/// destination did not confirm are returned as failed.
/// </remarks>
/// <param name="clients">The clients.</param>
/// <param name="origin">The function, which envelopes name; null: they do not.</param>
/// <param name="time">The clock of back-off, and of the names of objects.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class SendDeadLetters(AwsClients clients, Origin? origin, TimeProvider time, Random random) : IDeadLetters
{
    // Another connection may be better.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(undelivered);
        if (undelivered.Count == 0)
        {
            return Task.FromResult(Receipt.AllTaken);
        }

        try
        {
            return SendAsync(TargetOf(mapping, group, undelivered), mapping, group, undelivered.Count, memory, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure failure = DeadLetterFailure.Of(Classify.Of(e), mapping.DeadLetter!, "it");
            var failed = new ItemFailure[undelivered.Count];
            for (int i = 0; i < failed.Length; i++)
            {
                failed[i] = new ItemFailure(i, failure);
            }

            return Task.FromResult(new Receipt(failed));
        }
    }

    /// <summary>Sends them all, and says which were not taken.</summary>
    internal async Task<Receipt> SendAsync(DeadLetterTarget target, Mapping mapping, RecordGroup group, int count, long memory, CancellationToken cancellationToken)
    {
        TargetBatch batch = BatchOf(target, group, count);
        Outcome outcome = Outcome.Of(mapping, batch);

        // The circuit is this sending's own: records whose dead letter is left alone would only fail faster.
        var deliver = new Deliver(new ActiveTarget(target, new Circuit(time)), outcome, AnswerWithin, time, random) { Memory = memory };
        await deliver.RunAsync(batch, target.AtATime, cancellationToken).ConfigureAwait(false);
        return new Receipt([.. outcome.Undelivered
            .Select(u => new ItemFailure(u.Record, DeadLetterFailure.Of(u.Failure, mapping.DeadLetter!, target.Action)))
            .OrderBy(static f => f.Index)]);
    }

    /// <summary>Each of what was not delivered is one record of the batch, whose data is not there yet: envelopes are written when they are sent.</summary>
    private static TargetBatch BatchOf(DeadLetterTarget target, RecordGroup group, int count)
    {
        var payloads = new Payloads(group, new Arena(), 0, count, count);
        for (int i = 0; i < count; i++)
        {
            payloads.Items.Add(new Payload { Record = i });
        }

        return TargetBatch.Of(payloads, target.Cutter);
    }

    private DeadLetterTarget TargetOf(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered)
    {
        var labels = new MessageLabels(mapping, group, origin);
        var envelopes = new Envelopes(mapping, group, origin);
        return mapping.DeadLetter switch
        {
            QueueDestination queue => new DeadLetterQueue(
                queue, clients.Own(AmazonSQSClient.Service, (c, s) => new AmazonSQSClient(c, s), queue.Region), labels, MessagesOf(labels)),
            TopicDestination topic => new DeadLetterTopic(
                topic, clients.Own(AmazonSimpleNotificationServiceClient.Service, (c, s) => new AmazonSimpleNotificationServiceClient(c, s), topic.Region), labels, MessagesOf(labels)),
            BucketDestination bucket => new DeadLetterBucket(
                bucket, clients.Own(AmazonS3Client.Service, (c, s) => new AmazonS3Client(c, s), bucket.Region), mapping, labels,
                new DeadLetterWriter(envelopes, undelivered, long.MaxValue, DeadLetterBucket.LineBytes), time),
            _ => throw new ArgumentException($"The mapping '{mapping.Id}' has no dead letter.", nameof(mapping)),
        };

        DeadLetterWriter MessagesOf(MessageLabels labels) =>
            new(envelopes, undelivered, MessageLabels.MostBytes - labels.AttributeBytes, labels.AttributeBytes);
    }
}
