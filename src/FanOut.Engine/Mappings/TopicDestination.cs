using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>An SNS topic, by ARN.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Arn">The topic's ARN.</param>
/// <param name="IsFifo">Whether it is a FIFO topic: its name ends in <c>.fifo</c>.</param>
public sealed record TopicDestination(string Text, Arn Arn, bool IsFifo) : Destination(Text)
{
    // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
    private const int LongestName = 256;

    /// <inheritdoc/>
    public override string Region => Arn.Region;

    /// <summary>Parses a topic's ARN.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out TopicDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        if (!Arn.TryParse(text, out Arn? arn))
        {
            problem = "it is not an ARN";
        }
        else if (arn.Service != "sns" || arn.Region.Length == 0 || arn.Account.Length == 0)
        {
            problem = "it is not the ARN of an SNS topic";
        }
        else if (arn.ResourceType.Length > 0)
        {
            problem = "it is the ARN of a subscription";
        }
        else if (!Names.IsFifoName(arn.Resource, LongestName, "-_"))
        {
            problem = $"the topic's name may have up to {LongestName} letters, digits, hyphens and underscores, and end in .fifo";
        }
        else
        {
            destination = new TopicDestination(text, arn, Names.IsFifo(arn.Resource));
            problem = null;
            return true;
        }

        problem += "; sns takes a topic's ARN, arn:aws:sns:region:account:topic";
        return false;
    }

    /// <inheritdoc/>
    public override bool IsSame(Destination? other) => other is TopicDestination topic && topic.Arn == Arn;

    /// <inheritdoc/>
    public override bool IsSource(Arn source, string? region = null, string? account = null) => Arn == source;
}
