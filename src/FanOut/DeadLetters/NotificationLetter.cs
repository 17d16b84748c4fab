using System.Text;
using System.Text.Json;
using FanOut.Local.Events;

namespace FanOut.DeadLetters;

/// <summary>Reads a message of a topic that SNS could not hand over to the function: its subscription's RedrivePolicy brings it to a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html</remarks>
internal static class NotificationLetter
{
    /// <summary>Reads it.</summary>
    public static FanOutDeadLetter Read(JsonElement json, LetterPosition at)
    {
        string? topic = json.Text("TopicArn");
        string message = json.Text("Message")!, id = json.Text("MessageId") ?? "";
        DateTimeOffset? time = json.Time("Timestamp");
        byte[] data = Encoding.UTF8.GetBytes(message);
        var facts = new LetterFacts
        {
            LetterType = "Event",
            SourceArn = topic,
            Class = "NotDelivered",
            Reason = "SNS could not hand the message over to the function.",
            Records = 1,
            Time = time,
            ArrivalTime = time,
            SequenceNumber = id,
            Data = data,
            Content = topic is null ? null : LetterContent.Of(new EventRecord
            {
                Data = data,
                SequenceNumber = id,
                Time = time ?? default,
                Subject = json.Text("Subject"),
                Attributes = json.Member("MessageAttributes")?.GetRawText(),
            }),
        };
        return (topic is null ? facts with { Problem = "It names no topic." } : facts).ToLetter(at);
    }
}
