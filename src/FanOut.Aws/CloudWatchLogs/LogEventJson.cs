using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Reads lines of logs from JSON.</summary>
internal static class LogEventJson
{
    public static void Read(JsonElement json, FilterLogEventsResponse response)
    {
        response.Events = json.Each("events", static line => new FilteredLogEvent
        {
            EventId = line.Text("eventId"),
            LogStreamName = line.Text("logStreamName"),
            Timestamp = DateTime.UnixEpoch.AddMilliseconds(line.LargeNumber("timestamp") ?? 0),
            Message = line.Text("message"),
        });
        response.NextToken = json.Token("nextToken");
    }
}
