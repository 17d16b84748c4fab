using System.Globalization;
using System.Runtime.CompilerServices;
using FanOut.Aws;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.DeadLetters;

/// <summary>The letters in a queue. Whoever reads them hides them from others meanwhile, and adds one to how often they were received.</summary>
/// <param name="session">Who reads, in the queue's region.</param>
/// <param name="queue">The queue.</param>
/// <param name="visibility">How long a letter is hidden, unless it is given back or hidden for longer.</param>
internal sealed class QueueLetters(AwsSession session, QueueDestination queue, TimeSpan visibility) : ILetterBox
{
    // The most that a batch call takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    private const int AtATime = 10;

    // With a wait all servers of the queue are asked, so that an empty answer means an empty queue; without, only some.
    private const int WaitSeconds = 1;

    private readonly Dictionary<string, string> _held = [];
    private readonly AmazonSQSClient _client = session.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));

    /// <inheritdoc/>
    public string Name => queue.Url;

    /// <inheritdoc/>
    public string Region => session.Region;

    /// <summary>The queue.</summary>
    public QueueDestination Queue => queue;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<StoredLetter>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            List<ReceivedMessage> received = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            List<StoredLetter> page = [];
            foreach (ReceivedMessage message in received)
            {
                // One that was hidden for too short a time comes again: its new handle counts.
                if (_held.TryAdd(message.MessageId, message.ReceiptHandle))
                {
                    page.Add(Letter(message));
                }
                else
                {
                    _held[message.MessageId] = message.ReceiptHandle;
                }
            }

            if (page.Count == 0)
            {
                if (received.Count > 0)
                {
                    Warnings = [$"Reading {queue.Name} took longer than letters are hidden ({visibility.TotalSeconds:N0} seconds), so that they began to come again: not all may have been read. Give a longer -VisibilityTimeout."];
                }

                break;
            }

            yield return page;
        }

        if (queue.IsFifo && _held.Count >= AtATime)
        {
            Warnings = [.. Warnings, $"{queue.Name} is a FIFO queue: behind letters that are hidden it shows no more of the same target. What lies behind the first ones comes when those are gone."];
        }
    }

    /// <inheritdoc/>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        foreach (string[] ids in _held.Keys.ToArray().Chunk(AtATime))
        {
            // Some may be visible already, or be received by others by now: there is nothing to do for these.
            await HideAsync(ids, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            foreach (string id in ids)
            {
                _held.Remove(id);
            }
        }
    }

    private async Task HideAsync(string[] ids, TimeSpan time, CancellationToken cancellationToken) =>
        await _client.ChangeMessageVisibilityBatchAsync(
            new ChangeMessageVisibilityBatchRequest { QueueUrl = queue.Url, ReceiptHandles = [.. ids.Select(i => _held[i])], VisibilityTimeout = (int)time.TotalSeconds }, cancellationToken).ConfigureAwait(false);

    private async Task<List<ReceivedMessage>> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReceiveMessageRequest request = new()
        {
            QueueUrl = queue.Url,
            MaxNumberOfMessages = AtATime,
            VisibilityTimeout = (int)visibility.TotalSeconds,
            WaitTimeSeconds = WaitSeconds,
            MessageSystemAttributeNames = ["SentTimestamp", "ApproximateReceiveCount"],
        };
        try
        {
            return (await _client.ReceiveMessageAsync(request, cancellationToken).ConfigureAwait(false)).Messages ?? [];
        }
        catch (Exception e) when (e.GetBaseException() is AnswerTooLargeException)
        {
            // Messages may have 1 MB each. Those of this answer come again when they are visible.
            request.MaxNumberOfMessages = 1;
            return (await _client.ReceiveMessageAsync(request, cancellationToken).ConfigureAwait(false)).Messages ?? [];
        }
    }

    private static StoredLetter Letter(ReceivedMessage message) => new(message.Body, Number(message, "SentTimestamp") is { } sent ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null)
    {
        MessageId = message.MessageId,
        ReceiptHandle = message.ReceiptHandle,
        ReceiveCount = (int?)Number(message, "ApproximateReceiveCount"),
    };

    private static long? Number(ReceivedMessage message, string attribute) =>
        long.TryParse(message.Attributes.GetValueOrDefault(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
