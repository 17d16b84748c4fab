using FanOut.Aws.Protocols;
using FanOut.Aws.Sns;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>An SNS topic, standard or FIFO.</summary>
internal sealed class DeadLetterTopic(TopicDestination topic, AmazonSimpleNotificationServiceClient client, MessageLabels labels, DeadLetterWriter letters)
    : DeadLetterTarget(letters, new Limits(10, MessageLabels.MostBytes, MessageLabels.MostBytes))
{
    // All messages of a mapping are one group, whose order is kept.
    public override CallOrder CallOrder => topic.IsFifo ? CallOrder.OneGroup : CallOrder.AsOne;

    public override int AtATime => topic.IsFifo ? 1 : 4;

    public override string Action => "sns:Publish";

    protected override async Task<Receipt> SendAsync(RequestBody room, ReadOnlyMemory<byte>[] envelopes, Undelivered[] of, CancellationToken cancellationToken)
    {
        var entries = new PublishBatchRequestEntry[envelopes.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new(
                envelopes[i],
                MessageGroupId: topic.IsFifo ? labels.Group : default,
                MessageDeduplicationId: topic.IsFifo ? labels.DeduplicationOf(of[i]) : default,
                MessageAttributes: labels.AttributesOf(of[i]));
        }

        PublishBatchResponse response = await client.PublishBatchAsync(new() { TopicArn = topic.Arn.ToString(), PublishBatchRequestEntries = entries }, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfNone("PublishBatch", response.EntryCount, entries.Length);
        return Receipt.Of(Service.Sns, response.Failed, entries.Length);
    }
}
