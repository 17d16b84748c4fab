using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>An event bus of EventBridge, by ARN.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Arn">The event bus's ARN.</param>
public sealed record EventBusDestination(string Text, Arn Arn) : Destination(Text)
{
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
    private const int LongestName = 256;

    /// <summary>The event bus's name.</summary>
    public string Name => Arn.ResourceName;

    /// <inheritdoc/>
    public override string Region => Arn.Region;

    /// <summary>Parses an event bus's ARN.</summary>
    /// <remarks>Buses of partners, whose names have slashes, take no events of others: only PutPartnerEvents reaches them.</remarks>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out EventBusDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        if (!Arn.TryParse(text, out Arn? arn) || arn is not { Service: "events", ResourceType: "event-bus", Region: not "", Account: not "" })
        {
            problem = "it is not the ARN of an event bus";
        }
        else if (!Names.IsName(arn.ResourceName, LongestName, "._-"))
        {
            problem = $"the event bus's name may have up to {LongestName} letters, digits, dots, hyphens and underscores";
        }
        else
        {
            (destination, problem) = (new EventBusDestination(text, arn), null);
            return true;
        }

        problem += "; events takes an event bus's ARN, arn:aws:events:region:account:event-bus/name";
        return false;
    }

    /// <inheritdoc/>
    public override bool IsSame(Destination? other) => other is EventBusDestination bus && bus.Arn == Arn;
}
