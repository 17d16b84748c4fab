using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Local.Checks;

/// <summary>Finds the way on which records of a target come back to its own source, over other targets of the same function.</summary>
/// <remarks>That a target sends to its source itself, settings cannot say: it is refused. Each step of a longer way is valid by itself.</remarks>
internal static class FindLoop
{
    /// <summary>The targets of the way, from this one on; null: there is none.</summary>
    /// <param name="mapping">The target.</param>
    /// <param name="enabled">The enabled targets of a source, by its ARN.</param>
    public static IReadOnlyList<Mapping>? Of(Mapping mapping, Func<string, IEnumerable<Mapping>> enabled)
    {
        var ways = new Queue<IReadOnlyList<Mapping>>([[mapping]]);
        var seen = new HashSet<string>();
        while (ways.TryDequeue(out IReadOnlyList<Mapping>? way))
        {
            if (SourceBehind(way[^1]) is not { } next || !seen.Add(next))
            {
                continue;
            }

            if (next == mapping.SourceArn)
            {
                return way;
            }

            foreach (Mapping other in enabled(next))
            {
                ways.Enqueue([.. way, other]);
            }
        }

        return null;
    }

    // Of all destinations only streams and topics can be sources.
    private static string? SourceBehind(Mapping mapping) => mapping.Destination switch
    {
        TopicDestination topic => topic.Arn.ToString(),
        StreamDestination { Arn: { } arn } => arn.ToString(),
        StreamDestination stream when Arn.TryParse(mapping.SourceArn, out Arn? source) =>
            AwsLocation.Of(source).Of(mapping).ArnOf("kinesis", $"stream/{stream.Name}"),
        _ => null,
    };
}
