using System.Text.Json;
using FanOut.Aws.CloudWatchLogs;

namespace FanOut.Operations;

/// <summary>Reads lines of a function's log as it writes them (<c>Function/BatchLog.cs</c>).</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class ReadLogLine(string function, string region)
{
    // What Lambda writes of each invocation and says nothing of what went wrong:
    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html
    private static readonly string[] Usual = ["START ", "END ", "REPORT ", "INIT_START ", "EXTENSION", "LOGS"];

    /// <summary>The entries that a line has: one for each reason of each target of a batch.</summary>
    public IEnumerable<FanOutLogEntry> Of(FilteredLogEvent line)
    {
        string text = line.Message?.TrimEnd() ?? "";
        FanOutLogEntry bare = new() { Time = line.Timestamp.ToLocalTime(), Level = "platform", Message = text, FunctionName = function, Region = region };
        JsonElement json;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return text.Length == 0 || Usual.Any(u => text.StartsWith(u, StringComparison.Ordinal)) ? [] : [bare];
        }

        return json.ValueKind != JsonValueKind.Object || Text(json, "level") is not { } level || level == "metric" ? [] : Of(json, Entry.Of(bare, json, level));
    }

    private static IEnumerable<FanOutLogEntry> Of(JsonElement json, Entry batch)
    {
        if (!json.TryGetProperty("sources", out JsonElement sources))
        {
            yield return batch.Write();
            yield break;
        }

        foreach (JsonElement source in sources.EnumerateArray())
        {
            Entry ofSource = batch with { Source = source };
            bool hasTargets = false;
            foreach (JsonElement target in Each(source, "targets"))
            {
                hasTargets = true;
                Entry ofTarget = ofSource with { Target = target };
                bool failed = false;
                foreach (JsonElement failure in Each(target, "failures"))
                {
                    failed = true;
                    yield return (ofTarget with { Failure = failure }).Write();
                }

                if (!failed)
                {
                    yield return ofTarget.Write();
                }
            }

            // What concerns the source as a whole has no target to stand at.
            if (!hasTargets || Entry.ReasonOf(source) is not null)
            {
                yield return ofSource.Write();
            }
        }
    }

    private static JsonElement.ArrayEnumerator Each(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;

    private static string? Text(JsonElement? of, string name) =>
        of is { } json && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement? of, string name) =>
        of is { } json && json.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : null;

    private static TimeSpan? Duration(JsonElement? of) =>
        of is { } json && json.TryGetProperty("ms", out JsonElement value) && value.TryGetDouble(out double milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>The parts of a line that an entry is made of, from the outside to the inside.</summary>
    private sealed record Entry(FanOutLogEntry Bare, JsonElement Line, string Level)
    {
        public JsonElement? Source { get; init; }

        public JsonElement? Target { get; init; }

        public JsonElement? Failure { get; init; }

        public static Entry Of(FanOutLogEntry bare, JsonElement line, string level) => new(bare, line, level);

        public static string? ReasonOf(JsonElement source) =>
            Text(source, "mappingsUnavailable") ?? Text(source, "mappingsStale") ?? Text(source, "unmapped") ?? Text(source, "progress")
                ?? (source.TryGetProperty("invalidMappings", out JsonElement invalid) ? string.Join("; ", invalid.EnumerateArray().Select(static i => i.GetString())) : null);

        // The line has the level of the worst that happened in the batch, not only at this target.
        private string LevelOf(JsonElement target)
        {
            long failed = Each(target, "failures").Sum(static f => Number(f, "count") ?? 0), buried = Number(target, "deadLettered") ?? 0;
            return failed > buried ? "error"
                : buried > 0 || Number(target, "empty") > 0 || Text(target, "circuitOpen") is not null || Text(target, "filter") is not null ? "warn"
                : Level == "debug" ? Level : "info";
        }

        public FanOutLogEntry Write() => new()
        {
            Time = Bare.Time,
            Level = Target is { } at ? LevelOf(at) : Level,
            Message = Text(Line, "message") ?? "",
            SourceArn = Text(Source, "source") ?? Text(Line, "source"),
            Id = Text(Target, "id"),
            Destination = Text(Target, "destination"),
            Records = (int?)Number(Source, "records"),
            Delivered = Number(Target, "delivered"),
            Filtered = Number(Target, "filtered"),
            Retried = Number(Target, "retried"),
            DeadLettered = Target is null ? null : Number(Target, "deadLettered") ?? 0,
            NotTaken = (int?)Number(Failure, "count"),
            Failed = Target is null ? (int?)Number(Source, "failed") : null,
            Class = Text(Failure, "class"),
            Code = Text(Failure, "code"),
            Reason = Text(Failure, "reason") ?? Text(Target, "circuitOpen") ?? Text(Target, "filter") ?? (Target is null && Source is { } source ? ReasonOf(source) : null) ?? Text(Line, "reason"),
            Role = Text(Failure, "role"),
            Duration = Duration(Target) ?? Duration(Line),
            RequestId = Text(Line, "requestId"),
            FunctionName = Bare.FunctionName,
            Region = Bare.Region,
        };
    }
}
