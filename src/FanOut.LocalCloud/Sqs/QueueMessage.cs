using FanOut.LocalCloud.Messages;

namespace FanOut.LocalCloud.Sqs;

/// <summary>A message in a queue.</summary>
public sealed class QueueMessage
{
    internal QueueMessage(Message message, string id, string? sequenceNumber, DateTimeOffset sentAt)
    {
        (Message, Id, SequenceNumber, SentAt) = (message, id, sequenceNumber, sentAt);
    }

    /// <summary>The message's id.</summary>
    public string Id { get; }

    /// <summary>The body.</summary>
    public string Body => Message.Body;

    /// <summary>The message attributes by name.</summary>
    public IReadOnlyDictionary<string, MessageAttribute> Attributes => Message.Attributes;

    /// <summary>The message group; null when none was sent.</summary>
    public string? GroupId => Message.GroupId;

    /// <summary>The deduplication id; null in standard queues.</summary>
    public string? DeduplicationId => Message.DeduplicationId;

    /// <summary>The sequence number of FIFO queues; null in standard queues.</summary>
    public string? SequenceNumber { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>How often it was received.</summary>
    public int ReceiveCount { get; internal set; }

    internal Message Message { get; }

    internal DateTimeOffset VisibleAt { get; set; }

    internal DateTimeOffset? FirstReceivedAt { get; set; }

    internal string? ReceiptHandle { get; set; }
}
