using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sqs;

/// <summary>SendMessage and SendMessageBatch with their limits.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html</remarks>
internal sealed class MessageSending(SqsService sqs)
{
    private const int MostBatchBytes = 1024 * 1024;

    public HttpResponse SendOne(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        Message message = Checked(queue, Read(call.Json));
        (string id, string? sequence) = Take(queue, message, call.Number, call.Time);
        return JsonAnswer.Of(json => WriteTaken(json, message, id, sequence));
    }

    public HttpResponse SendMany(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        IReadOnlyList<JsonElement> entries = call.Json.Items("Entries");
        string[] ids = [.. entries.Select(entry => entry.RequiredText("Id"))];
        Message[] messages = [.. entries.Select(Read)];
        BatchEntries.Check(ids, messages.Sum(message => message.Bytes), MostBatchBytes, "AWS.SimpleQueueService.");

        SendResult[] results = [.. messages.Select((message, position) => Send(call, queue, message, position))];
        return JsonAnswer.Of(json =>
        {
            Write(json, "Successful", ids, results, result => result.Refusal is null, result => WriteTaken(json, result.Message, result.Id!, result.Sequence));
            Write(json, "Failed", ids, results, result => result.Refusal is not null, result =>
            {
                json.WriteString("Code", result.Refusal!.Code);
                json.WriteString("Message", result.Refusal.Message);
                json.WriteBoolean("SenderFault", result.Refusal.SenderFault);
            });
        });
    }

    /// <summary>Accepts a message that has been checked; also for messages of topics.</summary>
    public (string Id, string? Sequence) Take(SqsQueue queue, Message message, int call, DateTimeOffset time)
    {
        (string id, string? sequence, bool taken) = queue.Send(message, time);
        if (taken)
        {
            sqs.Received.Add(message.ToArrival(queue.Arn, call, time, id));
        }

        return (id, sequence);
    }

    private SendResult Send(ServiceCall call, SqsQueue queue, Message message, int position)
    {
        ItemError? refusal = call.ItemErrorAt(position);
        if (refusal is { Taken: false })
        {
            return new SendResult(message, refusal);
        }

        try
        {
            message = Checked(queue, message);
            (string id, string? sequence) = Take(queue, message, call.Number, call.Time);
            return new SendResult(message, refusal, id, sequence);
        }
        catch (ServiceException error)
        {
            return new SendResult(message, new ItemError(error.QueryCode ?? error.Code, error.Message, error.Status, SenderFault: true, Taken: false));
        }
    }

    private static Message Read(JsonElement entry) => new(entry.Text("MessageBody") ?? "", MessageAttribute.Read(entry))
    {
        GroupId = entry.Text("MessageGroupId"),
        DeduplicationId = entry.Text("MessageDeduplicationId"),
        DelaySeconds = entry.Number("DelaySeconds"),
    };

    /// <summary>Checks a message, and fills in its deduplication id if the queue makes that from the body.</summary>
    private static Message Checked(SqsQueue queue, Message message)
    {
        if (message.Body.Length == 0)
        {
            throw new ServiceException("MissingParameter", "The request must contain the parameter MessageBody.");
        }

        if (!MessageText.IsXml(message.Body))
        {
            throw new ServiceException("InvalidMessageContents", "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        }

        if (message.Bytes > queue.MaximumMessageSize)
        {
            throw new ServiceException("InvalidParameterValue", $"One or more parameters are invalid. Reason: Message must be shorter than {queue.MaximumMessageSize} bytes.");
        }

        if (message.Attributes.Count > 10)
        {
            throw new ServiceException("InvalidParameterValue", $"Number of message attributes [{message.Attributes.Count}] exceeds the allowed maximum [10].");
        }

        MessageAttribute.Check(message.Attributes, static why => new ServiceException("InvalidParameterValue", why), static _ => false);
        if (message.GroupId is { } group && !MessageText.IsGroupId(group))
        {
            throw new ServiceException("InvalidParameterValue", $"Value {group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }

        return queue.IsFifo ? CheckedFifo(queue, message)
            : message.DeduplicationId is null ? message
            : throw new ServiceException("InvalidParameterValue", $"Value {message.DeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.");
    }

    private static Message CheckedFifo(SqsQueue queue, Message message)
    {
        if (message.GroupId is null)
        {
            throw new ServiceException("MissingParameter", "The request must contain the parameter MessageGroupId.");
        }

        if (message.DeduplicationId is null)
        {
            return queue.Flag("ContentBasedDeduplication")
                ? message with { DeduplicationId = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Body))) }
                : throw new ServiceException("InvalidParameterValue", "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }

        return MessageText.IsGroupId(message.DeduplicationId)
            ? message
            : throw new ServiceException("InvalidParameterValue", $"Value {message.DeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }

    private static void Write(
        Utf8JsonWriter json, string list, string[] ids, SendResult[] results, Func<SendResult, bool> which, Action<SendResult> write)
    {
        json.WriteStartArray(list);
        foreach ((SendResult result, int position) in results.Select((result, position) => (result, position)).Where(pair => which(pair.result)))
        {
            json.WriteStartObject();
            json.WriteString("Id", ids[position]);
            write(result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTaken(Utf8JsonWriter json, Message message, string id, string? sequence)
    {
        json.WriteString("MessageId", id);
        json.WriteString("MD5OfMessageBody", Checksum.Md5Hex(Encoding.UTF8.GetBytes(message.Body)));
        if (MessageAttribute.Md5(message.Attributes) is { } attributes)
        {
            json.WriteString("MD5OfMessageAttributes", attributes);
        }

        if (sequence is not null)
        {
            json.WriteString("SequenceNumber", sequence);
        }
    }

    private sealed record SendResult(Message Message, ItemError? Refusal, string? Id = null, string? Sequence = null);
}
