using System.Collections.Concurrent;
using System.Globalization;
using FanOut.LocalCloud.Messages;

namespace FanOut.LocalCloud.Sqs;

/// <summary>A queue, standard or FIFO (its name ends in <c>.fifo</c>).</summary>
public sealed class SqsQueue
{
    private readonly object _gate = new();
    private readonly List<QueueMessage> _messages = [];
    private readonly Deduplication _deduplication = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    internal SqsQueue(string arn, Uri url, IReadOnlyDictionary<string, string> attributes, DateTimeOffset created)
    {
        (Arn, Url, Created) = (arn, url, created);
        Attributes = new ConcurrentDictionary<string, string>(attributes, StringComparer.Ordinal);
    }

    /// <summary>The queue's ARN.</summary>
    public string Arn { get; }

    /// <summary>The queue's name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The queue's URL in this cloud; only the path counts, so any other host works too.</summary>
    public Uri Url { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Whether it is a FIFO queue.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>The attributes that were set, for example <c>MaximumMessageSize</c>.</summary>
    public ConcurrentDictionary<string, string> Attributes { get; }

    /// <summary>The largest size of a message with its attributes, in bytes.</summary>
    /// <value>1,048,576 unless the attribute <c>MaximumMessageSize</c> was set.</value>
    public int MaximumMessageSize => Setting("MaximumMessageSize", 1024 * 1024);

    /// <summary>The messages that have not been deleted, including received ones, oldest first.</summary>
    public IReadOnlyList<QueueMessage> Messages
    {
        get { lock (_gate) { return [.. _messages]; } }
    }

    internal int Setting(string name, int otherwise) =>
        Attributes.TryGetValue(name, out string? value) && int.TryParse(value, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    internal bool Flag(string name) => Attributes.TryGetValue(name, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Accepts a message. One with a repeated deduplication id is answered like the first, but not accepted (<c>Taken</c> false).</summary>
    internal (string Id, string? Sequence, bool Taken) Send(Message message, DateTimeOffset now)
    {
        TaskCompletionSource changed;
        (string Id, string? Sequence, bool Taken) result;
        lock (_gate)
        {
            if (message.DeduplicationId is { } known && IsFifo && _deduplication.Find(known, now) is { } first)
            {
                return (first.MessageId, first.Sequence, false);
            }

            string id = Guid.NewGuid().ToString();
            string? sequence = IsFifo ? string.Create(CultureInfo.InvariantCulture, $"{18_000_000_000_000_000_000m + (++_sequence * 256):F0}") : null;
            if (IsFifo)
            {
                _deduplication.Remember(message.DeduplicationId!, now, id, sequence!);
            }

            _messages.Add(new QueueMessage(message, id, sequence, now)
            {
                VisibleAt = now + TimeSpan.FromSeconds(message.DelaySeconds ?? Setting("DelaySeconds", 0)),
            });
            result = (id, sequence, true);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return result;
    }

    /// <summary>Returns messages and hides them for a while; those of a FIFO group only if none of the group is hidden.</summary>
    internal IReadOnlyList<QueueMessage> Receive(int most, TimeSpan visibility, DateTimeOffset now)
    {
        List<QueueMessage> received = [];
        lock (_gate)
        {
            HashSet<string> blocked = [];
            foreach (QueueMessage message in _messages)
            {
                string? group = IsFifo ? message.GroupId : null;
                if (message.VisibleAt > now)
                {
                    _ = group is not null && blocked.Add(group);
                }
                else if (received.Count < most && (group is null || !blocked.Contains(group)))
                {
                    message.VisibleAt = now + visibility;
                    message.FirstReceivedAt ??= now;
                    message.ReceiveCount++;
                    message.ReceiptHandle = Convert.ToBase64String(Guid.NewGuid().ToByteArray()) + message.Id;
                    received.Add(message);
                }
            }
        }

        return received;
    }

    /// <summary>Deletes the message of a receipt handle; false if the handle is outdated.</summary>
    internal bool Delete(string receiptHandle)
    {
        lock (_gate)
        {
            return _messages.RemoveAll(message => message.ReceiptHandle == receiptHandle) > 0;
        }
    }

    /// <summary>Hides the message of a receipt handle from now on; false if it is not hidden any more, or the handle is outdated.</summary>
    internal bool Hide(string receiptHandle, DateTimeOffset now, TimeSpan visibility)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_messages.Find(message => message.ReceiptHandle == receiptHandle && message.VisibleAt > now) is not { } message)
            {
                return false;
            }

            message.VisibleAt = now + visibility;
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return true;
    }

    internal void Purge()
    {
        lock (_gate)
        {
            _messages.Clear();
        }
    }

    /// <summary>Completes when another message comes.</summary>
    internal Task Changed
    {
        get { lock (_gate) { return _changed.Task; } }
    }
}
