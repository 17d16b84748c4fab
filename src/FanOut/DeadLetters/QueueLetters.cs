using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
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

    private readonly ConcurrentDictionary<string, string> _held = [];
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
                _held.TryRemove(id, out _);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        const string Count = "ApproximateNumberOfMessages";
        try
        {
            GetQueueAttributesResponse response = await _client.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = queue.Url, AttributeNames = [Count] }, cancellationToken).ConfigureAwait(false);
            return long.TryParse(response.Attributes?.GetValueOrDefault(Count), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
        }
        catch (AmazonServiceException)
        {
            // Who may not ask sees no time left.
            return null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A message cannot be changed, and one that is sent anew would lose its place, and be dropped as a repeat in a FIFO queue. How often it was received tells the attempts.</remarks>
    public bool CountsAttempts => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UnsettledLetter>> SettleAsync(IReadOnlyCollection<SettledLetter> letters, CancellationToken cancellationToken)
    {
        List<UnsettledLetter> left = [];
        foreach (FanOutDeadLetter[] some in letters.Where(static l => l.Body is null).Select(static l => l.Letter).Chunk(AtATime))
        {
            left.AddRange(await DeleteAsync(some, cancellationToken).ConfigureAwait(false));
        }

        return left;
    }

    /// <inheritdoc/>
    public void EndRound()
    {
        // What is still there stays hidden, so that it does not come again.
    }

    /// <inheritdoc/>
    public async Task KeepHiddenAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(visibility / 2, time, cancellationToken).ConfigureAwait(false);
                foreach (string[] ids in _held.Keys.ToArray().Chunk(AtATime))
                {
                    await KeepHiddenAsync(ids, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // If it fails, others may see the letters before these are through: then a record may be sent twice, and none is lost.
    private async Task KeepHiddenAsync(string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            await HideAsync(ids, visibility, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
        }
    }

    private async Task<IEnumerable<UnsettledLetter>> DeleteAsync(FanOutDeadLetter[] letters, CancellationToken cancellationToken)
    {
        try
        {
            DeleteMessageBatchResponse response = await _client.DeleteMessageBatchAsync(
                new DeleteMessageBatchRequest { QueueUrl = queue.Url, ReceiptHandles = [.. letters.Select(l => _held[l.MessageId!])] }, cancellationToken).ConfigureAwait(false);
            Dictionary<int, string> failed = response.Failed.ToDictionary(static f => f.Index, static f => $"{f.ErrorCode}: {f.ErrorMessage}");
            for (int i = 0; i < letters.Length; i++)
            {
                if (!failed.ContainsKey(i))
                {
                    _held.TryRemove(letters[i].MessageId!, out _);
                }
            }

            return failed.Select(f => new UnsettledLetter(letters[f.Key], f.Value));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            return letters.Select(l => new UnsettledLetter(l, e.Message));
        }
    }

    private async Task HideAsync(string[] ids, TimeSpan time, CancellationToken cancellationToken)
    {
        string[] handles = [.. ids.Select(i => _held.GetValueOrDefault(i)).OfType<string>()];
        if (handles.Length > 0)
        {
            await _client.ChangeMessageVisibilityBatchAsync(
                new ChangeMessageVisibilityBatchRequest { QueueUrl = queue.Url, ReceiptHandles = handles, VisibilityTimeout = (int)time.TotalSeconds }, cancellationToken).ConfigureAwait(false);
        }
    }

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
