using FanOut.Aws.Sqs;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>An SQS queue, standard or FIFO: one message for each envelope.</summary>
internal sealed class DeadLetterQueue(QueueDestination queue, AmazonSQSClient client, MessageLabels labels) : IDeadLetterDestination
{
    public int MostLetters => 10;

    public long LetterBytes => MessageLabels.MostBytes - labels.AttributeBytes;

    public int LetterOverhead => labels.AttributeBytes;

    public long CallBytes => 1_048_576;

    public int AtATime => queue.IsFifo ? 1 : 4;

    public string Action => "sqs:SendMessage";

    public async Task<Receipt> SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var entries = new SendMessageBatchRequestEntry[letters.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new(
                letters[i].Envelope,
                MessageGroupId: queue.IsFifo ? labels.Group : default,
                MessageDeduplicationId: queue.IsFifo ? labels.DeduplicationOf(letters[i]) : default,
                MessageAttributes: labels.AttributesOf(letters[i]));
        }

        SendMessageBatchResponse response = await client.SendMessageBatchAsync(new() { QueueUrl = queue.Url, Entries = entries }, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("SendMessageBatch", response.EntryCount, entries.Length);
        return Receipt.Of(response.Failed);
    }
}
