using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>Writes and reads event source mappings as JSON.</summary>
internal static class EventSourceMappingJson
{
    public static void Read(JsonElement json, EventSourceMappingConfiguration eventSourceMapping)
    {
        eventSourceMapping.UUID = json.Text("UUID");
        eventSourceMapping.EventSourceMappingArn = json.Text("EventSourceMappingArn");
        eventSourceMapping.EventSourceArn = json.Text("EventSourceArn");
        eventSourceMapping.FunctionArn = json.Text("FunctionArn");
        eventSourceMapping.State = json.Text("State");
        eventSourceMapping.StateTransitionReason = json.Text("StateTransitionReason");
        eventSourceMapping.LastProcessingResult = json.Text("LastProcessingResult");
        eventSourceMapping.LastModified = json.Time("LastModified");
        eventSourceMapping.BatchSize = json.Number("BatchSize");
        eventSourceMapping.MaximumBatchingWindowInSeconds = json.Number("MaximumBatchingWindowInSeconds");
        eventSourceMapping.ParallelizationFactor = json.Number("ParallelizationFactor");
        eventSourceMapping.StartingPosition = json.Text("StartingPosition");
        eventSourceMapping.StartingPositionTimestamp = json.Time("StartingPositionTimestamp");
        eventSourceMapping.BisectBatchOnFunctionError = json.Truth("BisectBatchOnFunctionError");
        eventSourceMapping.MaximumRecordAgeInSeconds = json.Number("MaximumRecordAgeInSeconds");
        eventSourceMapping.MaximumRetryAttempts = json.Number("MaximumRetryAttempts");
        eventSourceMapping.TumblingWindowInSeconds = json.Number("TumblingWindowInSeconds");
        eventSourceMapping.FunctionResponseTypes = json.Texts("FunctionResponseTypes");
        eventSourceMapping.DestinationConfig = json.Structure("DestinationConfig", static config => new DestinationConfig
        {
            OnFailure = config.Structure("OnFailure", static failure => new OnFailureDestination { Destination = failure.Text("Destination") }),
        });
        eventSourceMapping.FilterCriteria = json.Structure("FilterCriteria", static criteria => new FilterCriteria
        {
            Filters = criteria.Each("Filters", static filter => new Filter { Pattern = filter.Text("Pattern") }),
        });
    }

    public static void Read(JsonElement json, ListEventSourceMappingsResponse response)
    {
        response.EventSourceMappings = json.Each("EventSourceMappings", static item =>
        {
            var eventSourceMapping = new EventSourceMappingConfiguration();
            Read(item, eventSourceMapping);
            return eventSourceMapping;
        });
        response.NextMarker = json.Token("NextMarker");
    }

    public static void Write(Utf8JsonWriter json, CreateEventSourceMappingRequest request)
    {
        json.Optional("EventSourceArn", request.EventSourceArn);
        json.Optional("StartingPosition", request.StartingPosition);
        json.Optional("StartingPositionTimestamp", request.StartingPositionTimestamp);
        json.Optional("Tags", request.Tags);
        Write(json, (EventSourceMappingSettings)request);
    }

    public static void Write(Utf8JsonWriter json, EventSourceMappingSettings settings)
    {
        json.Optional("FunctionName", settings.FunctionName);
        json.Optional("Enabled", settings.Enabled);
        json.Optional("BatchSize", settings.BatchSize);
        json.Optional("MaximumBatchingWindowInSeconds", settings.MaximumBatchingWindowInSeconds);
        json.Optional("ParallelizationFactor", settings.ParallelizationFactor);
        json.Optional("BisectBatchOnFunctionError", settings.BisectBatchOnFunctionError);
        json.Optional("MaximumRecordAgeInSeconds", settings.MaximumRecordAgeInSeconds);
        json.Optional("MaximumRetryAttempts", settings.MaximumRetryAttempts);
        json.Optional("TumblingWindowInSeconds", settings.TumblingWindowInSeconds);
        json.Optional("FunctionResponseTypes", settings.FunctionResponseTypes);
        json.Structure("DestinationConfig", settings.DestinationConfig, static (json, config) =>
            json.Structure("OnFailure", config.OnFailure, static (json, failure) => json.Optional("Destination", failure.Destination)));
        json.Structure("FilterCriteria", settings.FilterCriteria, static (json, criteria) =>
            json.Optional("Filters", criteria.Filters, static (json, filter) =>
            {
                json.WriteStartObject();
                json.Optional("Pattern", filter.Pattern);
                json.WriteEndObject();
            }));
    }
}
