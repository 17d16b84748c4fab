namespace FanOut.Aws.Sns;

/// <summary>One message of a PublishBatch call; its id is its position.</summary>
/// <param name="Message">The message, UTF-8 of XML's characters.</param>
/// <param name="IsBase64">Whether the message is in base64; the receiver sees that by the attribute <see cref="MessageEncoding.AttributeName"/>.</param>
/// <param name="MessageGroupId">FIFO topics: messages of a group keep their order; at most 128 characters.</param>
/// <param name="MessageDeduplicationId">FIFO topics: a message with the same id within five minutes is accepted, but not delivered again.</param>
/// <param name="MessageAttributes">Further attributes; subscriptions may filter by them.</param>
/// <param name="Subject">The subject, ASCII text of up to 100 characters; null: none.</param>
public readonly record struct PublishBatchRequestEntry(
    ReadOnlyMemory<byte> Message,
    bool IsBase64 = false,
    ReadOnlyMemory<byte> MessageGroupId = default,
    ReadOnlyMemory<byte> MessageDeduplicationId = default,
    IReadOnlyList<MessageAttributeValue>? MessageAttributes = null,
    string? Subject = null);
