using System.Text.RegularExpressions;
using FanOut.Engine.Mappings;

namespace FanOut.Destinations;

/// <summary>Which names resources can have; another one is refused before AWS is asked, which would answer in the terms of its own calls.</summary>
internal static partial class DestinationNames
{
    /// <summary>Why a name cannot be that of a destination: a sentence without its subject and full stop; null: it can.</summary>
    /// <param name="type">The type of target.</param>
    /// <param name="name">The name.</param>
    public static string? ProblemOf(TargetType type, string name)
    {
        string? problem = null;
        bool isName = type switch
        {
            // Queues have no form by their names alone.
            TargetType.Sqs => QueueDestination.TryParse($"arn:aws:sqs:us-east-1:123456789012:{name}", out _, out problem),
            TargetType.Kinesis => StreamDestination.TryParse(name, out _, out problem),
            TargetType.Firehose => DeliveryStreamDestination.TryParse(name, out _, out problem),

            // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
            TargetType.Es => Domain().IsMatch(name),

            // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html
            TargetType.Memcached or TargetType.Redis => Cache().IsMatch(name),
            TargetType.Sns => TopicDestination.TryParse($"arn:aws:sns:us-east-1:123456789012:{name}", out _, out problem),
            TargetType.Events => EventBusDestination.TryParse($"arn:aws:events:us-east-1:123456789012:event-bus/{name}", out _, out problem),

            // A version or an alias could not be looked up by its name.
            TargetType.States => StateMachineDestination.TryParse($"arn:aws:states:us-east-1:123456789012:stateMachine:{name.Replace(':', '/')}", out _, out problem),
            _ => true,
        };
        return isName ? null : problem ?? (type == TargetType.Es ? (name.Contains('.', StringComparison.Ordinal) ? "an endpoint comes with its index, as endpoint#index, or with -Index; " : "")
            + "a domain's name has 3 to 28 letters, digits and hyphens, and begins with a letter; es takes a domain's name with -Index, or endpoint#index"
            : "a cache's name has up to 50 letters, digits and hyphens, and begins with a letter; a node is given as host:port");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{2,27}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Domain();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,49}$", RegexOptions.CultureInvariant)]
    private static partial Regex Cache();
}
