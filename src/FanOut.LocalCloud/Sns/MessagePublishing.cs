using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sns;

/// <summary>Publish and PublishBatch with their limits.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html</remarks>
internal sealed class MessagePublishing(SnsService sns)
{
    // https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html, https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html#sns-attrib-mobile-reserved
    private static readonly string[] PhoneAttributes = ["AWS.SNS.SMS.", "AWS.SNS.MOBILE.", "AWS.MM.SMS."];

    public HttpResponse PublishOne(ServiceCall call)
    {
        SnsTopic topic = sns.Resolve(call);
        Message message = Checked(topic, Read(call.Form, ""));
        (string id, string? sequence) = Take(topic, message, call.Number, call.Time);
        return XmlAnswer.Of(call, SnsService.Namespace, xml => WriteTaken(xml, id, sequence));
    }

    public HttpResponse PublishMany(ServiceCall call)
    {
        SnsTopic topic = sns.Resolve(call);
        IReadOnlyList<string> members = call.Form.Members("PublishBatchRequestEntries.member");
        string[] ids = [.. members.Select(member => call.Form.RequiredText($"{member}.Id"))];
        Message[] messages = [.. members.Select(member => Read(call.Form, $"{member}."))];
        BatchEntries.Check(ids, messages.Sum(Size), topic.MaximumMessageSize, "");

        PublishResult[] results = [.. messages.Select((message, position) => Publish(call, topic, message, ids[position], position))];
        return XmlAnswer.Of(call, SnsService.Namespace, xml =>
        {
            Write(xml, "Successful", results.Where(result => result.Refusal is null), result => WriteTaken(xml, result.MessageId!, result.Sequence));
            Write(xml, "Failed", results.Where(result => result.Refusal is not null), result =>
            {
                xml.WriteElementString("Code", result.Refusal!.Code);
                xml.WriteElementString("Message", result.Refusal.Message);
                xml.WriteElementString("SenderFault", result.Refusal.SenderFault ? "true" : "false");
            });
        });
    }

    private PublishResult Publish(ServiceCall call, SnsTopic topic, Message message, string id, int position)
    {
        ItemError? refusal = call.ItemErrorAt(position);
        if (refusal is { Taken: false })
        {
            return new PublishResult(id, refusal);
        }

        try
        {
            (string messageId, string? sequence) = Take(topic, Checked(topic, message), call.Number, call.Time);
            return new PublishResult(id, refusal, messageId, sequence);
        }
        catch (ServiceException error)
        {
            return new PublishResult(id, new ItemError(error.Code, error.Message, error.Status, SenderFault: true, Taken: false));
        }
    }

    /// <summary>Accepts a message that has been checked; also for messages of other services.</summary>
    public (string Id, string? Sequence) Take(SnsTopic topic, Message message, int call, DateTimeOffset time)
    {
        (string id, string? sequence, bool taken) = topic.Number(message, time);
        if (taken)
        {
            sns.Received.Add(message.ToArrival(topic.Arn, call, time, id));
            foreach (TopicSubscription subscription in topic.Subscriptions)
            {
                Deliver(subscription, topic, message, new Numbers(id, sequence, call), time);
            }
        }

        return (id, sequence);
    }

    private void Deliver(TopicSubscription subscription, SnsTopic topic, Message message, Numbers numbers, DateTimeOffset time)
    {
        Message enveloped = subscription.Raw ? message : Notification.Envelop(message, topic.Arn, numbers.Id, numbers.Sequence, time);
        if (subscription.Protocol == "sqs")
        {
            sns.Queues.Deliver(subscription.Endpoint, enveloped, numbers.Call, time);
        }
        else if (sns.Invoke?.Invoke(subscription.Endpoint, topic, FunctionEvent.Of(message, subscription, numbers.Id, time)) != true
            && subscription.Attributes.TryGetValue("RedrivePolicy", out string? policy))
        {
            // A function that may not be invoked is not tried again: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
            sns.Queues.Deliver(JsonDocument.Parse(policy).RootElement.RequiredText("deadLetterTargetArn"), enveloped, numbers.Call, time);
        }
    }

    private static Message Read(QueryForm form, string prefix)
    {
        SortedDictionary<string, MessageAttribute> attributes = new(StringComparer.Ordinal);
        foreach (string entry in form.Members($"{prefix}MessageAttributes.entry"))
        {
            string name = form.RequiredText($"{entry}.Name");
            attributes[name] = MessageAttribute.Checked(
                name, form.Text($"{entry}.Value.DataType"), form.Text($"{entry}.Value.StringValue"), form.Text($"{entry}.Value.BinaryValue"));
        }

        return new Message(form.Text($"{prefix}Message") ?? "", attributes)
        {
            Subject = form.Text($"{prefix}Subject"),
            GroupId = form.Text($"{prefix}MessageGroupId"),
            DeduplicationId = form.Text($"{prefix}MessageDeduplicationId"),
        };
    }

    private static int Size(Message message) => message.Bytes + Encoding.UTF8.GetByteCount(message.Subject ?? "");

    private static Message Checked(SnsTopic topic, Message message)
    {
        if (message.Body.Length == 0)
        {
            throw SnsService.Invalid("Empty message");
        }

        if (!MessageText.IsXml(message.Body))
        {
            throw SnsService.Invalid("Message Reason: Invalid characters found; valid are those of XML 1.0");
        }

        if (Size(message) > topic.MaximumMessageSize)
        {
            throw SnsService.Invalid("Message too long");
        }

        MessageAttribute.Check(message.Attributes, SnsService.Invalid, static name => PhoneAttributes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        if (message.GroupId is { } group && !MessageText.IsGroupId(group))
        {
            throw SnsService.Invalid("MessageGroupId Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length");
        }

        if (!topic.IsFifo)
        {
            return message.DeduplicationId is null ? message : throw SnsService.Invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type");
        }

        if (message.GroupId is null)
        {
            throw SnsService.Invalid("The MessageGroupId parameter is required for FIFO topics");
        }

        if (message.DeduplicationId is null)
        {
            return topic.DeduplicatesByContent
                ? message with { DeduplicationId = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Body))) }
                : throw SnsService.Invalid("The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }

        return MessageText.IsGroupId(message.DeduplicationId)
            ? message
            : throw SnsService.Invalid("MessageDeduplicationId Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length");
    }

    private static void Write(XmlWriter xml, string list, IEnumerable<PublishResult> results, Action<PublishResult> write)
    {
        xml.WriteStartElement(list);
        foreach (PublishResult result in results)
        {
            xml.WriteStartElement("member");
            xml.WriteElementString("Id", result.Id);
            write(result);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTaken(XmlWriter xml, string id, string? sequence)
    {
        xml.WriteElementString("MessageId", id);
        if (sequence is not null)
        {
            xml.WriteElementString("SequenceNumber", sequence);
        }
    }

    private sealed record Numbers(string Id, string? Sequence, int Call);

    private sealed record PublishResult(string Id, ItemError? Refusal, string? MessageId = null, string? Sequence = null);
}
