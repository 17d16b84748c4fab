using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sns;

/// <summary>The event in which a function gets a message: always one record.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html</remarks>
internal static class FunctionEvent
{
    public static ReadOnlyMemory<byte> Of(Message message, TopicSubscription subscription, string messageId, DateTimeOffset now) => JsonAnswer.Object(json =>
    {
        string sns = $"https://sns.{ArnText.Part(subscription.TopicArn, 3)}.amazonaws.com/";
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("EventSource", "aws:sns");
        json.WriteString("EventVersion", "1.0");
        json.WriteString("EventSubscriptionArn", subscription.Arn);
        json.WriteStartObject("Sns");
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", messageId);
        json.WriteString("TopicArn", subscription.TopicArn);
        json.WriteString("Subject", message.Subject);
        json.WriteString("Message", message.Body);
        json.WriteString("Timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("SignatureVersion", "1");
        json.WriteString("Signature", "bm90IHNpZ25lZA==");
        json.WriteString("SigningCertUrl", $"{sns}SimpleNotificationService.pem");
        json.WriteString("UnsubscribeUrl", $"{sns}?Action=Unsubscribe&SubscriptionArn={subscription.Arn}");
        WriteAttributes(json, message);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }, capacity: message.Bytes + 1024);

    /// <summary>Writes the member <c>MessageAttributes</c>.</summary>
    public static void WriteAttributes(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject("MessageAttributes");
        foreach ((string name, MessageAttribute attribute) in message.Attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("Type", attribute.DataType);
            json.WriteString("Value", attribute.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
