using FanOut.Aws.Sns;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>An SNS topic, standard or FIFO: one message for each envelope.</summary>
internal sealed class DeadLetterTopic(TopicDestination topic, AmazonSimpleNotificationServiceClient client, MessageLabels labels) : IDeadLetterDestination
{
    public int MostLetters => 10;

    public long LetterBytes => MessageLabels.MostBytes - labels.AttributeBytes;

    public int LetterOverhead => labels.AttributeBytes;

    public long CallBytes => MessageLabels.MostBytes;

    public int AtATime => topic.IsFifo ? 1 : 4;

    public string Action => "sns:Publish";

    public async Task<Receipt> SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var entries = new PublishBatchRequestEntry[letters.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new(
                letters[i].Envelope,
                MessageGroupId: topic.IsFifo ? labels.Group : default,
                MessageDeduplicationId: topic.IsFifo ? labels.DeduplicationOf(letters[i]) : default,
                MessageAttributes: labels.AttributesOf(letters[i]));
        }

        PublishBatchResponse response = await client.PublishBatchAsync(new() { TopicArn = topic.Arn.ToString(), PublishBatchRequestEntries = entries }, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("PublishBatch", response.EntryCount, entries.Length);
        return Receipt.Of(response.Failed);
    }
}
