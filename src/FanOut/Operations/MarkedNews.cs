using System.Globalization;
using System.Text.Json;
using FanOut.Aws.CloudWatchLogs;

namespace FanOut.Operations;

/// <summary>What the function has told of a marked record (<c>Function/MarkedLog.cs</c>).</summary>
/// <param name="RequestId">The invocation.</param>
/// <param name="Age">How long after its arrival at the source; null: not known.</param>
/// <param name="Reason">Why no target could get it; null: they could.</param>
/// <param name="Targets">What became of it at each target.</param>
internal sealed record MarkedNews(string RequestId, TimeSpan? Age, string? Reason, IReadOnlyList<MarkedTarget> Targets)
{
    /// <summary>Reads a line; null: it is about something else.</summary>
    public static MarkedNews? Of(FilteredLogEvent line, string mark)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.Message ?? "");
            JsonElement json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object && Text(json, "message") == "test record" && Text(json, "mark") == mark
                ? new MarkedNews(
                    Text(json, "requestId") ?? "",
                    json.TryGetProperty("ageMs", out JsonElement age) && age.TryGetDouble(out double milliseconds) ? TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)) : null,
                    Text(json, "reason"),
                    json.TryGetProperty("targets", out JsonElement targets) && targets.ValueKind == JsonValueKind.Array ? [.. targets.EnumerateArray().Select(Target)] : [])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MarkedTarget Target(JsonElement target) => new(
        Text(target, "id") ?? "", Text(target, "state") ?? "",
        Text(target, "reason") is { } reason ? string.Create(CultureInfo.InvariantCulture, $"{Text(target, "class")}, {Text(target, "code")}: {reason}") : null);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
