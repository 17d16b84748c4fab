using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FanOut.Engine.Mappings;

/// <summary>An MQTT topic of AWS IoT: <c>endpoint#topic</c>.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Endpoint">Scheme, host and port of the account's data endpoint. A host alone means HTTPS; <c>http://host:port</c> is a local one.</param>
/// <param name="Topic">The topic, not encoded.</param>
/// <param name="EndpointRegion">The region that the host names; null for a host of one's own.</param>
public sealed record IotDestination(string Text, Uri Endpoint, string Topic, string? EndpointRegion) : Destination(Text)
{
    // https://docs.aws.amazon.com/general/latest/gr/iot-core.html, "Message broker and protocol limits"
    private const int LongestTopic = 256;
    private const int MostSlashes = 7;

    private const string BasicIngest = "$aws/rules/";

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
            problem = ProblemOf(topic);
            if (problem is null)
            {
                destination = new IotDestination(text, endpoint, topic, AwsHost.Region(endpoint.Host, "iot", "iot-fips"));
                return true;
            }
        }

        problem += "; iot takes endpoint#topic, as in abc-ats.iot.us-east-1.amazonaws.com#orders/new";
        return false;
    }

    private static string? ProblemOf(string topic)
    {
        // Basic ingest ($aws/rules/name/…) goes straight to a rule; its first three levels count toward neither limit.
        string counted = topic;
        if (topic.StartsWith(BasicIngest, StringComparison.OrdinalIgnoreCase))
        {
            int rule = topic.IndexOf('/', BasicIngest.Length);
            counted = rule < 0 ? "" : topic[(rule + 1)..];
        }

        return topic switch
        {
            "" => "no topic follows the '#'",
            _ when topic.AsSpan().IndexOfAny('#', '+') >= 0 => "the topic has a wildcard, '#' or '+'; one publishes to exactly one topic",
            _ when topic.Contains('\0', StringComparison.Ordinal) => "the topic has a null character",
            _ when topic[0] == '$' && !topic.StartsWith("$aws/", StringComparison.OrdinalIgnoreCase) =>
                "the topic starts with '$' but not with '$aws/'; such topics are reserved",
            _ when Encoding.UTF8.GetByteCount(counted) > LongestTopic => $"the topic has more than {LongestTopic} bytes in UTF-8",
            _ when counted.Count(c => c == '/') > MostSlashes => $"the topic has more than {MostSlashes} slashes",
            _ => null,
        };
    }
}
