using FanOut.Aws.Lambda;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Sources;

/// <summary>Which source an event source mapping reads.</summary>
internal static class EventSource
{
    /// <summary>The source's ARN without a consumer.</summary>
    public static string Of(EventSourceMappingConfiguration mapping) => SourceArn.WithoutConsumer(mapping.EventSourceArn ?? "");

    /// <summary>The consumer's ARN; none: it reads the stream itself.</summary>
    public static string? ConsumerOf(EventSourceMappingConfiguration mapping) => mapping.EventSourceArn is { } arn && arn != Of(mapping) ? arn : null;

    /// <summary>What people call the source, and what kind it is.</summary>
    public static (string Kind, string Name) Describe(string sourceArn) => Arn.TryParse(sourceArn, out Arn? arn) ? arn.Service switch
    {
        "kinesis" => ("Kinesis", arn.ResourceName),
        "dynamodb" => ("DynamoDB", arn.ResourceName.Split('/')[0]),
        "sns" => ("SNS", arn.ResourceName),
        var other => (other, arn.ResourceName),
    } : ("", sourceArn);
}
