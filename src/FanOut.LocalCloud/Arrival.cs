using System.Text;

namespace FanOut.LocalCloud;

/// <summary>One record, message or document that a service accepted.</summary>
/// <param name="Destination">Where it arrived: an ARN; for IoT the topic, for OpenSearch the index.</param>
/// <param name="Call">The number of the call that brought it, as in <see cref="LoggedCall.Number"/>.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="Data">The record's bytes (decoded, if the API has them in base64), the message's UTF-8, the document's JSON.</param>
public sealed record Arrival(string Destination, int Call, DateTimeOffset At, ReadOnlyMemory<byte> Data)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The id that the service gave it: sequence number, message id, record id or document id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Kinesis: the partition key; OpenSearch: the document's id; null elsewhere.</summary>
    public string? Key { get; init; }

    /// <summary>Kinesis: the explicit hash key that was sent, or null.</summary>
    public string? ExplicitHashKey { get; init; }

    /// <summary>SQS and SNS: the message attributes, binary ones as base64; IoT: <c>qos</c> and <c>retain</c>; OpenSearch: the action's metadata.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = None;

    /// <summary>IoT: the user properties of MQTT 5, in the order in which they were sent; of a name there may be several.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>SQS and SNS: the message group; null when none was sent.</summary>
    public string? GroupId { get; init; }

    /// <summary>SQS and SNS: the deduplication id; null when none was sent.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>OpenSearch: <c>index</c>, <c>create</c>, <c>update</c> or <c>delete</c>; null elsewhere.</summary>
    public string? Action { get; init; }

    /// <summary>The bytes read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>Whether it arrived at a resource with this ARN, or with this name (the last part of the ARN).</summary>
    public bool IsFor(string destination) => DestinationName.Is(Destination, destination);
}
