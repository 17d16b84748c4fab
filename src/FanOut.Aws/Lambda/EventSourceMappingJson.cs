using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>Writes and reads event source mappings as JSON.</summary>
internal static class EventSourceMappingJson
{
    public static void Read(JsonElement json, EventSourceMappingConfiguration mapping)
    {
        mapping.UUID = json.Text("UUID");
        mapping.EventSourceMappingArn = json.Text("EventSourceMappingArn");
        mapping.EventSourceArn = json.Text("EventSourceArn");
        mapping.FunctionArn = json.Text("FunctionArn");
        mapping.State = json.Text("State");
        mapping.StateTransitionReason = json.Text("StateTransitionReason");
        mapping.LastProcessingResult = json.Text("LastProcessingResult");
        mapping.LastModified = json.Time("LastModified");
        mapping.BatchSize = json.Number("BatchSize");
        mapping.MaximumBatchingWindowInSeconds = json.Number("MaximumBatchingWindowInSeconds");
        mapping.ParallelizationFactor = json.Number("ParallelizationFactor");
        mapping.StartingPosition = json.Text("StartingPosition");
        mapping.StartingPositionTimestamp = json.Time("StartingPositionTimestamp");
        mapping.BisectBatchOnFunctionError = json.Truth("BisectBatchOnFunctionError");
        mapping.MaximumRecordAgeInSeconds = json.Number("MaximumRecordAgeInSeconds");
        mapping.MaximumRetryAttempts = json.Number("MaximumRetryAttempts");
        mapping.TumblingWindowInSeconds = json.Number("TumblingWindowInSeconds");
        mapping.FunctionResponseTypes = json.Texts("FunctionResponseTypes");
        mapping.DestinationConfig = json.Structure("DestinationConfig", static config => new DestinationConfig
        {
            OnFailure = config.Structure("OnFailure", static failure => new OnFailureDestination { Destination = failure.Text("Destination") }),
        });
        mapping.FilterCriteria = json.Structure("FilterCriteria", static criteria => new FilterCriteria
        {
            Filters = criteria.Each("Filters", static filter => new Filter { Pattern = filter.Text("Pattern") }),
        });
    }

    public static void Read(JsonElement json, ListEventSourceMappingsResponse response)
    {
        response.EventSourceMappings = json.Each("EventSourceMappings", static item =>
        {
            var mapping = new EventSourceMappingConfiguration();
            Read(item, mapping);
            return mapping;
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
