using System.Reflection;
using FanOut.Commands;
using FanOut.Engine.Mappings;
using FanOut.Parameters;

namespace FanOut.Registry;

/// <summary>What the settings of a target take, for who gave one that cannot be used.</summary>
internal static class SettingValues
{
    private const string Other = "<another value>", Yes = "$true", No = "$false";

    private static readonly Dictionary<string, string> Forms = new()
    {
        [nameof(FanOutTarget.SourceArn)] = "<the ARN of a Kinesis stream, a DynamoDB stream or an SNS topic>",
        [nameof(FanOutTarget.Id)] = "<up to 1024 bytes of text that do not begin with #>",
        [nameof(FanOutTarget.DestinationRoleArn)] = "arn:aws:iam::<account>:role/<name>",
        [nameof(FanOutTarget.ExternalId)] = "<2 to 1224 letters, digits and _+=,.@:/->",
        [nameof(FanOutTarget.DestinationRegion)] = "<a region, such as eu-west-1>",
        [nameof(RegisterFanOutTargetCommand.Index)] = "<an index in small letters>",
        [nameof(FanOutTarget.HashKey)] = "<the name of the table's hash key>",
        [nameof(FanOutTarget.DeadLetter)] = "<a queue, the ARN of a topic, or s3://bucket/prefix>",
        [nameof(FanOutTarget.Filter)] = """'{"data":{"<field>":["<value>"]}}' (docs/filtering.md)""",
        [nameof(FanOutTarget.Transform)] = """'{"inputTemplate":"{\"id\":<data.id>}"}' (docs/transforming.md)""",
        [nameof(FanOutTarget.Key)] = "'<data.id>' (docs/transforming.md)",
        [nameof(FanOutTarget.MessageAttribute)] = """'{"country":"<data.country>"}' (docs/transforming.md)""",
        [nameof(FanOutTarget.DeduplicationId)] = "'<data.id>' (docs/transforming.md)",
        [nameof(FanOutTarget.EventSource)] = "'shop.orders' (docs/transforming.md)",
        [nameof(FanOutTarget.DetailType)] = "'order <data.state>' (docs/transforming.md)",
    };

    /// <summary>The parameter that sets an attribute of the table.</summary>
    public static string ParameterOf(string attribute) => attribute switch
    {
        MappingAttributes.Role => nameof(FanOutTarget.DestinationRoleArn),
        MappingAttributes.Region => nameof(FanOutTarget.DestinationRegion),
        MappingAttributes.MessageAttributes => nameof(FanOutTarget.MessageAttribute),
        MappingAttributes.Active => nameof(FanOutTarget.Enabled),
        _ => char.ToUpperInvariant(attribute[0]) + attribute[1..],
    };

    /// <summary>What a parameter takes.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="type">The type of target, of which a destination has its form; null: not known.</param>
    public static string Of(string parameter, TargetType? type)
    {
        PropertyInfo? property = typeof(RegisterFanOutTargetCommand).GetProperty(parameter);
        return parameter == nameof(FanOutTarget.Destination) ? DestinationOf(type)
            : Forms.TryGetValue(parameter, out string? form) ? form
            : property?.GetCustomAttribute<OneOfAttribute>() is { } words ? $"<{string.Join('|', words.Words.Where(static w => w.Length > 0))}>"
            : property?.GetCustomAttribute<FlagAttribute>() is not null ? $"<{Yes}|{No}>"
            : property?.PropertyType == typeof(int?) ? "<a whole number of bytes, such as 262144 or 256KB>"
            : Other;
    }

    /// <summary>Settings with what they take, as parameters of a command; a type goes with its destination.</summary>
    /// <param name="parameters">Their names.</param>
    /// <param name="type">The type of target; null: not known.</param>
    public static string AsParameters(IReadOnlyList<string> parameters, TargetType? type) =>
        string.Join(' ', With(parameters).Select(p => Of(p, type) is var value && value == $"<{Yes}|{No}>" ? $"-{p}:{value}" : $"-{p} {value}"));

    /// <summary>Settings with what they take, as a sentence for who has written a row.</summary>
    /// <inheritdoc cref="AsParameters"/>
    public static string AsSentence(IReadOnlyList<string> parameters, TargetType? type) => $"Give {string.Join(", and ", With(parameters).Select(p => $"{p} {Of(p, type)}"))}.";

    private static IEnumerable<string> With(IReadOnlyList<string> parameters) =>
        parameters.Contains(nameof(FanOutTarget.Type)) ? parameters.Append(nameof(FanOutTarget.Destination)).Distinct() : parameters;

    private static string DestinationOf(TargetType? type) => type switch
    {
        TargetType.Sns => "<a topic: name, or arn:aws:sns:region:account:name>",
        TargetType.Sqs => "<a queue: name, URL, or arn:aws:sqs:region:account:name>",
        TargetType.Es => "<a domain's name with -Index, or endpoint#index>",
        TargetType.Kinesis => "<a stream: name, or arn:aws:kinesis:region:account:stream/name>",
        TargetType.Firehose => "<a delivery stream: name, or arn:aws:firehose:region:account:deliverystream/name>",
        TargetType.Iot => "<a topic, or endpoint#topic>",
        TargetType.Lambda => "<a function: name, or arn:aws:lambda:region:account:function:name>",
        TargetType.Events => "<an event bus: name, or arn:aws:events:region:account:event-bus/name>",
        TargetType.Http => "<https://host/path>",
        TargetType.Memcached => "<a cluster's name, or host:port>",
        TargetType.Redis => "<a cache's name, or host:port, or rediss://host:port>",
        _ => "<a name, or in full, as the type needs it>",
    };
}
