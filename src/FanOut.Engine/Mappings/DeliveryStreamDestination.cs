using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A Firehose delivery stream, by name or by ARN. Firehose is called with the name; the ARN adds the region.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Name">The delivery stream's name.</param>
/// <param name="Arn">The delivery stream's ARN, when it was given.</param>
public sealed record DeliveryStreamDestination(string Text, string Name, Arn? Arn) : Destination(Text)
{
    // https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
    private const int LongestName = 64;

    /// <inheritdoc/>
    public override string? Region => Arn?.Region;

    /// <summary>Parses a delivery stream's name or ARN.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out DeliveryStreamDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        (destination, problem) = (null, null);
        if (NamedResource.TryParse(text, "firehose", "deliverystream", out string name, out Arn? arn)
            && Names.IsName(name, LongestName, "_.-"))
        {
            destination = new DeliveryStreamDestination(text, name, arn);
            return true;
        }

        problem = $"firehose takes a delivery stream's name, up to {LongestName} letters, digits, underscores, dots and hyphens, "
            + "or its ARN, arn:aws:firehose:region:account:deliverystream/name";
        return false;
    }
}
