using FanOut.Aws.Lambda;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>The source that an event source mapping reads.</summary>
internal static class EventSource
{
    /// <summary>The source's ARN without a consumer.</summary>
    public static string Of(EventSourceMappingConfiguration eventSourceMapping) => SourceArn.WithoutConsumer(eventSourceMapping.EventSourceArn ?? "");

    /// <summary>The consumer's ARN; null: the stream is read without a consumer.</summary>
    public static string? ConsumerOf(EventSourceMappingConfiguration eventSourceMapping) =>
        eventSourceMapping.EventSourceArn is { } arn && arn != Of(eventSourceMapping) ? arn : null;

    /// <summary>The kind and the short name of a source.</summary>
    public static (string Kind, string Name) Describe(string sourceArn) => Arn.TryParse(sourceArn, out Arn? arn) ? arn.Service switch
    {
        "kinesis" => ("Kinesis", arn.ResourceName),
        "dynamodb" => ("DynamoDB", arn.ResourceName.Split('/')[0]),
        "sns" => ("SNS", arn.ResourceName),
        var other => (other, arn.ResourceName),
    } : ("", sourceArn);

    /// <summary>Checks that a function can read a stream: Lambda reads those of its own region only.</summary>
    /// <param name="sourceArn">The stream.</param>
    /// <param name="function">The function.</param>
    /// <param name="region">The function's region.</param>
    /// <exception cref="FanOutException">SourceInOtherRegion.</exception>
    public static void CheckRegion(string sourceArn, FunctionDestination function, string region)
    {
        if (Arn.TryParse(sourceArn, out Arn? arn) && arn.Service != "sns" && arn.Region.Length > 0 && arn.Region != region)
        {
            throw FanOutError.SourceInOtherRegion(sourceArn, arn.Region, function.Text, region);
        }
    }
}
