using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A target's destination, parsed. One derived record per form.</summary>
/// <param name="Text">
/// The text as it stands in the table. It may hold a password: what people read (logs, errors, metrics) takes <see cref="Display"/>.
/// </param>
public abstract record Destination(string Text)
{
    /// <summary>The region that the destination itself names, or null.</summary>
    public virtual string? Region => null;

    /// <summary>
    /// What is made of each record, a template of text such as <c>orders-&lt;data.country&gt;</c>; null: it is the same for all. It is read with the mapping, see
    /// <see cref="Mapping.DestinationTemplate"/>.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>What <see cref="Template"/> makes, in one word; empty: none can have one.</summary>
    public virtual string TemplateOf => "";

    /// <summary>The text without its secrets, for logs, errors and metrics.</summary>
    public virtual string Display => Text;

    /// <summary>Parses a destination in the form that its type asks for.</summary>
    /// <param name="type">The kind of target.</param>
    /// <param name="text">The destination, as it stands in the table.</param>
    /// <param name="destination">The destination, when the answer is true.</param>
    /// <param name="problem">
    /// Else what is wrong and what is allowed: a sentence that follows the attribute and its value. It never holds the text itself.
    /// </param>
    public static bool TryParse(
        TargetType type,
        string text,
        [NotNullWhen(true)] out Destination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool parsed;
        (parsed, destination, problem) = type switch
        {
            TargetType.Sns => (TopicDestination.TryParse(text, out var topic, out problem), (Destination?)topic, problem),
            TargetType.Sqs => (QueueDestination.TryParse(text, out var queue, out problem), queue, problem),
            TargetType.Es => (IndexDestination.TryParse(text, out var index, out problem), index, problem),
            TargetType.Kinesis => (StreamDestination.TryParse(text, out var stream, out problem), stream, problem),
            TargetType.Firehose => (DeliveryStreamDestination.TryParse(text, out var delivery, out problem), delivery, problem),
            TargetType.Iot => (IotDestination.TryParse(text, out var iot, out problem), iot, problem),
            TargetType.Lambda => (FunctionDestination.TryParse(text, out var function, out problem), function, problem),
            TargetType.Events => (EventBusDestination.TryParse(text, out var bus, out problem), bus, problem),
            TargetType.States => (StateMachineDestination.TryParse(text, out var machine, out problem), machine, problem),
            TargetType.Memcached => (CacheDestination.TryParseMemcached(text, out var memcached, out problem), memcached, problem),
            TargetType.Redis => (CacheDestination.TryParseRedis(text, out var redis, out problem), redis, problem),
            TargetType.Http => (HttpDestination.TryParse(text, out var http, out problem), http, problem),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such target type."),
        };
        return parsed;
    }

    /// <summary>Parses a mapping's dead-letter destination: a queue, a topic or a bucket.</summary>
    /// <param name="text">The destination, as it stands in the table.</param>
    /// <param name="place">The destination, when the answer is true.</param>
    /// <param name="problem">Else what is wrong and what is allowed, as of <see cref="TryParse"/>.</param>
    public static bool TryParseDeadLetter(
        string text,
        [NotNullWhen(true)] out Destination? place,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool parsed;
        (parsed, place, problem) = BucketDestination.Looks(text)
            ? (BucketDestination.TryParse(text, out var bucket, out problem), (Destination?)bucket, problem)
            : Arn.TryParse(text, out Arn? arn) && arn.Service == "sns"
                ? (TopicDestination.TryParse(text, out var topic, out problem), topic, problem)
                : (QueueDestination.TryParse(text, out var queue, out problem), queue, problem);
        if (!parsed)
        {
            problem += $"; a dead letter is a queue's URL or ARN, a topic's ARN, or {BucketDestination.Scheme}bucket/prefix";
        }

        return parsed;
    }

    /// <summary>Whether this certainly is the same resource as another destination, however the two are written.</summary>
    /// <param name="other">The other one.</param>
    public virtual bool IsSame(Destination? other) => this == other;

    /// <summary>Whether records sent here come back as records of the source.</summary>
    /// <param name="source">The source, without a consumer.</param>
    /// <param name="region">The region of a destination that is given by its name; null: the source's.</param>
    /// <param name="account">The account of a destination that is given by its name; null: the source's.</param>
    public virtual bool IsSource(Arn source, string? region = null, string? account = null) => false;

    /// <summary><see cref="Display"/>, so that a destination that is logged by accident shows no password.</summary>
    public sealed override string ToString() => Display;
}
