using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A Kinesis data stream, by name or by ARN.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Name">The stream's name.</param>
/// <param name="Arn">The stream's ARN when it was given: it may then belong to another account (resource policy).</param>
public sealed record StreamDestination(string Text, string Name, Arn? Arn) : Destination(Text)
{
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
    private const int LongestName = 128;

    /// <inheritdoc/>
    public override string? Region => Arn?.Region;

    /// <summary>Parses a stream's name or ARN.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out StreamDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        (destination, problem) = (null, null);
        if (NamedResource.TryParse(text, "kinesis", "stream", out string name, out Arn? arn) && Names.IsName(name, LongestName, "_.-"))
        {
            destination = new StreamDestination(text, name, arn);
            return true;
        }

        problem = $"kinesis takes a stream's name, up to {LongestName} letters, digits, underscores, dots and hyphens, "
            + "or its ARN, arn:aws:kinesis:region:account:stream/name";
        return false;
    }

    /// <inheritdoc/>
    public override bool IsSource(Arn source, string? region = null, string? account = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return NamedResource.Is(source, "kinesis", "stream", Name, Arn, region, account);
    }
}
