using System.Text.Json.Nodes;
using FanOut.Aws.Lambda;
using FanOut.Engine.Events;
using FanOut.Sources;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The event source mapping of a stream.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventsourcemapping.html</remarks>
internal static class StreamResource
{
    /// <summary>The resource.</summary>
    public static TemplateResource Of(FunctionStack stack, StackStream stream)
    {
        CreateEventSourceMappingRequest request = stream.Request;
        string eventSourceArn = request.EventSourceArn ?? "";

        // Lambda tells its defaults as if they had been set: what is left out is the same.
        (string kind, string name) = EventSource.Describe(SourceArn.WithoutConsumer(eventSourceArn));
        return new(LogicalId.Of(LogicalId.Letters(kind), name, $"{eventSourceArn} {stream.Qualifier}"), "AWS::Lambda::EventSourceMapping", Object(
            ("EventSourceArn", eventSourceArn),
            ("FunctionName", FunctionResources.Called(stack, stream.Qualifier)),
            ("Enabled", request.Enabled),
            ("StartingPosition", request.StartingPosition),
            ("StartingPositionTimestamp", request.StartingPositionTimestamp is { } time ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0 : null),
            ("BatchSize", request.BatchSize),
            ("MaximumBatchingWindowInSeconds", request.MaximumBatchingWindowInSeconds),
            ("ParallelizationFactor", request.ParallelizationFactor is > 1 and var factor ? factor : null),
            ("BisectBatchOnFunctionError", request.BisectBatchOnFunctionError),
            ("MaximumRetryAttempts", request.MaximumRetryAttempts),
            ("MaximumRecordAgeInSeconds", request.MaximumRecordAgeInSeconds),
            ("TumblingWindowInSeconds", request.TumblingWindowInSeconds is > 0 and var window ? window : null),
            ("FunctionResponseTypes", List(request.FunctionResponseTypes)),
            ("DestinationConfig", request.DestinationConfig?.OnFailure?.Destination is { } destination ? OnFailure(destination) : null),
            ("FilterCriteria", request.FilterCriteria?.Filters is { } filters
                ? Object(("Filters", new JsonArray([.. filters.Select(static f => Object(("Pattern", f.Pattern)))]))) : null)))
        {
            // Without its table the function would fail the first records.
            DependsOn = stack.Table is null ? [] : [LogicalId.Table],
        };
    }

    /// <summary>What Lambda tells of records that it dropped.</summary>
    public static JsonObject OnFailure(string destination) => Object(("OnFailure", Object(("Destination", destination))));
}
