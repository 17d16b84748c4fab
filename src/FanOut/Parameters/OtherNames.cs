using FanOut.Engine.Mappings;

namespace FanOut.Parameters;

/// <summary>What settings are called elsewhere: by the table, by AWS's own calls, and for short. Nothing takes these names; who writes one is told ours.</summary>
internal static class OtherNames
{
    private static readonly IEqualityComparer<string> Letters = EqualityComparer<string>.Create(
        static (one, other) => string.Concat(Abbreviation.Words(one!)) == string.Concat(Abbreviation.Words(other!)), static name => string.Concat(Abbreviation.Words(name)).GetHashCode(StringComparison.Ordinal));

    private static readonly Dictionary<string, string[]> Known = new()
    {
        [nameof(FanOutTarget.Destination)] = ["Dest", "DestArn", "DestinationArn", "DestinationUrl"],
        [nameof(FanOutTarget.DestinationRoleArn)] = [MappingAttributes.Role, "RoleArn"],
        [nameof(FanOutTarget.DeadLetter)] = ["DeadLetterArn", "DeadLetterQueue", "DeadLetterQueueArn", "DeadLetterTargetArn", "Dlq"],
        [nameof(FanOutTarget.Filter)] = ["FilterPattern", "FilterPolicy", "FilterCriteria", "EventPattern"],
        [nameof(FanOutTarget.Transform)] = ["InputTransformer", "InputTemplate"],
        [nameof(FanOutTarget.Key)] = ["GroupKey", "MessageGroupId", "PartitionKey"],
        [nameof(FanOutTarget.DeduplicationId)] = ["Dedup", "Dedupe", "DedupeId", "MessageDeduplicationId"],
        [nameof(FanOutTarget.MessageAttribute)] = ["Attributes", "UserProperties"],
        [nameof(FanOutTarget.HeadersSecret)] = ["Headers", "SecretArn"],
        ["MaximumRetryAttempts"] = ["Retries", "MaxRetries"],
        ["OnFailureDestination"] = ["DestinationConfig"],
        ["MemorySize"] = ["Memory"],
        ["Environment"] = ["Variables"],
        ["ReservedConcurrency"] = ["ReservedConcurrentExecutions"],
    };

    /// <summary>Those of the settings that there are, each with the setting's name. Signs between their words do not count: dead_letter_queue.</summary>
    /// <param name="settings">The settings.</param>
    public static Dictionary<string, string> Of(IReadOnlyCollection<string> settings) =>
        (from known in Known
         where settings.Contains(known.Key, StringComparer.OrdinalIgnoreCase)
         from other in known.Value
         where !settings.Contains(other, StringComparer.OrdinalIgnoreCase)
         select (other, known.Key)).ToDictionary(static o => o.other, static o => o.Key, Letters);
}
