using System.Text;

namespace FanOut.LocalCloud.Messages;

/// <summary>A message that is sent to SQS or SNS.</summary>
internal sealed record Message(string Body, SortedDictionary<string, MessageAttribute> Attributes)
{
    /// <summary>SNS only.</summary>
    public string? Subject { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>SQS only: seconds until it can be received; null for the queue's own.</summary>
    public int? DelaySeconds { get; init; }

    /// <summary>The size that counts against the limits: the body in UTF-8, and the attributes.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Body) + MessageAttribute.Size(Attributes);

    /// <summary>What arrived, for the journal.</summary>
    public Arrival ToArrival(string destination, int call, DateTimeOffset at, string id) => new(destination, call, at, Encoding.UTF8.GetBytes(Body))
    {
        Id = id,
        Attributes = Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.Value),
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
    };
}
