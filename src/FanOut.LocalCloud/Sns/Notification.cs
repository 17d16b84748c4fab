using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sns;

/// <summary>The JSON envelope in which a queue gets a message, unless its subscription is for raw messages.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html</remarks>
internal static class Notification
{
    public static Message Envelop(Message message, string topicArn, string messageId, string? sequence, DateTimeOffset now)
    {
        string region = ArnText.Part(topicArn, 3);
        ReadOnlyMemory<byte> body = JsonAnswer.Object(json =>
        {
            json.WriteString("Type", "Notification");
            json.WriteString("MessageId", messageId);
            if (sequence is not null)
            {
                json.WriteString("SequenceNumber", sequence);
            }

            json.WriteString("TopicArn", topicArn);
            if (message.Subject is not null)
            {
                json.WriteString("Subject", message.Subject);
            }

            json.WriteString("Message", message.Body);
            json.WriteString("Timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            if (sequence is null)
            {
                json.WriteString("SignatureVersion", "1");
                json.WriteString("Signature", "bm90IHNpZ25lZA==");
                json.WriteString("SigningCertURL", $"https://sns.{region}.amazonaws.com/SimpleNotificationService.pem");
            }

            json.WriteString("UnsubscribeURL", $"https://sns.{region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={topicArn}");
            if (message.Attributes.Count > 0)
            {
                FunctionEvent.WriteAttributes(json, message);
            }
        });
        return message with { Body = Encoding.UTF8.GetString(body.Span), Attributes = new(StringComparer.Ordinal), Subject = null };
    }
}
