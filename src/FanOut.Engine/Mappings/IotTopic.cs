using System.Text;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>Which topics one can publish to.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/general/latest/gr/iot-core.html, "Message broker and protocol limits", and
/// https://docs.aws.amazon.com/iot/latest/developerguide/topics.html
/// </remarks>
public static class IotTopic
{
    private const int MostBytes = 256;
    private const int MostSlashes = 7;
    private const string BasicIngest = "$aws/rules/";

    /// <summary>Why nothing can be published to a topic: a sentence without its full stop; null: it can.</summary>
    /// <param name="topic">The topic, not encoded.</param>
    public static string? ProblemOf(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);

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

            // https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4: signatures are computed over the path without them.
            "." or ".." => $"the topic is '{topic}', which stands for another place in the URL that it is published to",
            _ when topic.AsSpan().IndexOfAny('#', '+') >= 0 => "the topic has a wildcard, '#' or '+'; one publishes to exactly one topic",
            _ when topic.Contains('\0', StringComparison.Ordinal) => "the topic has a null character",
            _ when topic[0] == '$' && !topic.StartsWith("$aws/", StringComparison.OrdinalIgnoreCase) =>
                "the topic starts with '$' but not with '$aws/'; such topics are reserved",
            _ when Encoding.UTF8.GetByteCount(counted) > MostBytes => $"the topic has more than {MostBytes} bytes in UTF-8",
            _ when Slashes(counted) > MostSlashes => $"the topic has more than {MostSlashes} slashes",
            _ => null,
        };
    }

    /// <summary>Why nothing can be published to a topic that was made of a record, also where the record would lead it elsewhere than the template says.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="template">What it was made of.</param>
    public static string? ProblemOf(string topic, string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return topic is ['$', ..] && template[0] != '$' ? "the topic starts with '$', which only the mapping itself may say; such topics are reserved"
            : !RecordPlaces.IsOne(template) && Slashes(topic) != Slashes(RecordPlaces.Fill(template, "")) ? "a value in the topic has a slash; a value is one level of the topic, unless it is all of it"
            : ProblemOf(topic);
    }

    private static int Slashes(string topic) => topic.AsSpan().Count('/');
}
