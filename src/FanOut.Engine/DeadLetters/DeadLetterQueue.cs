using FanOut.Aws.Protocols;
using FanOut.Aws.Sqs;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>An SQS queue, standard or FIFO.</summary>
internal sealed class DeadLetterQueue(QueueDestination queue, AmazonSQSClient client, MessageLabels labels, DeadLetterWriter letters)
    : DeadLetterTarget(letters, new Limits(10, MessageLabels.MostBytes, 1_048_576))
{
    // All messages of a mapping are one group, whose order is kept.
    public override CallOrder CallOrder => queue.IsFifo ? CallOrder.OneGroup : CallOrder.AsOne;

    public override int AtATime => queue.IsFifo ? 1 : 4;

    public override string Action => "sqs:SendMessage";

    protected override async Task<Receipt> SendAsync(RequestBody room, ReadOnlyMemory<byte>[] envelopes, Undelivered[] of, CancellationToken cancellationToken)
    {
        var entries = new SendMessageBatchRequestEntry[envelopes.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new(
                envelopes[i],
                MessageGroupId: queue.IsFifo ? labels.Group : default,
                MessageDeduplicationId: queue.IsFifo ? labels.DeduplicationOf(of[i]) : default,
                MessageAttributes: labels.AttributesOf(of[i]));
        }

        SendMessageBatchResponse response = await client.SendMessageBatchAsync(new() { QueueUrl = queue.Url, Entries = entries }, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfNone("SendMessageBatch", response.EntryCount, entries.Length);
        return Receipt.Of(Service.Sqs, response.Failed, entries.Length);
    }
}
