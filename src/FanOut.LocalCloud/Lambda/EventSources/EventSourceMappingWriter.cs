using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Writes an event source mapping as an EventSourceMappingConfiguration.</summary>
internal static class EventSourceMappingWriter
{
    /// <summary>Writes the members of the object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="entry">The event source mapping.</param>
    /// <param name="state">The state to write.</param>
    public static void Write(Utf8JsonWriter json, EventSourceMappingEntry entry, EventSourceMappingState state)
    {
        var settings = entry.EventSourceMapping.Settings;
        json.WriteString("UUID", entry.Id);
        json.WriteString("EventSourceMappingArn", entry.Arn);
        json.WriteString("EventSourceArn", entry.EventSourceArn);
        json.WriteString("FunctionArn", entry.EventSourceMapping.FunctionArn);
        json.WriteString("StartingPosition", settings.StartingPosition switch
        {
            StartingPosition.TrimHorizon => "TRIM_HORIZON",
            StartingPosition.Latest => "LATEST",
            _ => "AT_TIMESTAMP",
        });
        if (settings.StartingPositionTimestamp is { } timestamp)
        {
            json.WriteNumber("StartingPositionTimestamp", JsonAnswer.EpochSeconds(timestamp));
        }

        json.WriteNumber("BatchSize", settings.BatchSize);
        json.WriteNumber("MaximumBatchingWindowInSeconds", (int)settings.MaximumBatchingWindow.TotalSeconds);
        json.WriteNumber("ParallelizationFactor", settings.ParallelizationFactor);
        json.WriteNumber("MaximumRecordAgeInSeconds", (int?)settings.MaximumRecordAge?.TotalSeconds ?? -1);
        json.WriteNumber("MaximumRetryAttempts", settings.MaximumRetryAttempts);
        json.WriteBoolean("BisectBatchOnFunctionError", settings.BisectBatchOnFunctionError);
        json.WriteNumber("TumblingWindowInSeconds", 0);
        json.WriteStartArray("FunctionResponseTypes");
        if (settings.ReportBatchItemFailures)
        {
            json.WriteStringValue("ReportBatchItemFailures");
        }

        json.WriteEndArray();
        json.WriteStartObject("DestinationConfig");
        json.WriteStartObject("OnFailure");
        if (entry.Destination is { } destination)
        {
            json.WriteString("Destination", destination);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("LastModified", JsonAnswer.EpochSeconds(entry.LastModified));
        json.WriteString("LastProcessingResult", entry.EventSourceMapping.Progress.LastProcessingResult);
        json.WriteString("State", state.ToString());
        json.WriteString("StateTransitionReason", "User action");
    }
}
