using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>An MQTT topic of AWS IoT: <c>endpoint#topic</c>.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Endpoint">Scheme, host and port of the account's data endpoint. A host alone means HTTPS; <c>http://host:port</c> is a local one.</param>
/// <param name="Topic">The topic, not encoded; or its template, as <see cref="Destination.Template"/>.</param>
/// <param name="EndpointRegion">The region that the host names; null for a host of one's own.</param>
public sealed record IotDestination(string Text, Uri Endpoint, string Topic, string? EndpointRegion) : Destination(Text)
{
    /// <summary>What the template of a topic makes.</summary>
    public const string TopicOfRecord = "topic";

    /// <inheritdoc/>
    public override string TemplateOf => TopicOfRecord;

    /// <inheritdoc/>
    public override string? Region => EndpointRegion;

    /// <summary>Parses an endpoint and a topic.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IotDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        if (HttpEndpoint.TrySplit(text, out Uri? endpoint, out string topic, out problem))
        {
            bool isTemplate = RecordPlaces.Has(topic);
            problem = RecordPlaces.FindHalf(topic) is { } half ? $"its topic {RecordPlaces.ProblemOfHalf(half)}" : IotTopic.ProblemOf(isTemplate ? RecordPlaces.Fill(topic, "v") : topic);
            if (problem is null)
            {
                destination = new IotDestination(text, endpoint, topic, AwsHost.Region(endpoint.Host, "iot", "iot-fips")) { Template = isTemplate ? topic : null };
                return true;
            }
        }

        problem += "; iot takes endpoint#topic, as in abc-ats.iot.us-east-1.amazonaws.com#orders/new";
        return false;
    }
}
