namespace FanOut.Registry;

/// <summary>Topics that AWS IoT keeps for itself: those that begin with <c>$aws/</c>, but for some to which clients may publish.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/iot/latest/developerguide/reserved-topics.html. Which of the topics of a thing, or of provisioning, take which messages is not
/// judged here: only what is none of them is refused.
/// </remarks>
internal static class ReservedTopics
{
    private const string Prefix = "$aws/";

    private static readonly string[] OfThings = ["shadow", "jobs", "defender", "streams"];
    private static readonly string[] Others = ["certificates", "provisioning-templates", "device_location", "commands", "sitewise"];

    /// <summary>Why nothing can be published to a topic; null: it can.</summary>
    public static string? ProblemOf(string topic)
    {
        if (!topic.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        bool isPublic = topic[Prefix.Length..].Split('/') switch
        {
            ["rules", { Length: > 0 }, ..] => true,
            ["things", { Length: > 0 }, var part, { Length: > 0 }, ..] => OfThings.Contains(part),
            [var first, { Length: > 0 }, ..] => Others.Contains(first),
            _ => false,
        };
        return isPublic ? null : $"the topic {topic} is one that AWS IoT keeps for itself; of those that begin with {Prefix} one publishes to $aws/rules/rule-name (basic ingest), or to a thing's shadow";
    }
}
