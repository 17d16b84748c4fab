namespace FanOut.Aws.Sqs;

/// <summary>One message of a SendMessageBatch call; its id is its position.</summary>
/// <param name="MessageBody">The message, UTF-8 of XML's characters.</param>
/// <param name="IsBase64">
/// Whether the body is the base64 of the message; the receiver sees that by the attribute <see cref="MessageEncoding.AttributeName"/>.
/// </param>
/// <param name="MessageGroupId">FIFO queues: messages of a group keep their order; at most 128 characters.</param>
/// <param name="MessageDeduplicationId">FIFO queues: a message with the same id within five minutes is accepted, but not delivered again.</param>
/// <param name="MessageAttributes">Further attributes; up to nine beside that of <paramref name="IsBase64"/>.</param>
public readonly record struct SendMessageBatchRequestEntry(
    ReadOnlyMemory<byte> MessageBody,
    bool IsBase64 = false,
    ReadOnlyMemory<byte> MessageGroupId = default,
    ReadOnlyMemory<byte> MessageDeduplicationId = default,
    IReadOnlyList<MessageAttributeValue>? MessageAttributes = null);
