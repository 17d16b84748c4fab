using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;

namespace FanOut.Dispatch;

/// <summary>Writes one log line for each batch.</summary>
internal static class BatchLog
{
    // Twice what is kept of another server's text, so that what FanOut adds to it stays complete.
    private const int MostCharacters = 2 * OutsideText.MostCharacters;

    // A server may give each item another code.
    private const int MostKinds = 20;

    public static void Write(JsonLog log, DispatchResult result, TimeSpan duration)
    {
        LogLevel level = result.HasFailures ? LogLevel.Error : result.Groups.Any(IsWorthALook) ? LogLevel.Warn : LogLevel.Info;
        if (!log.Writes(level))
        {
            return;
        }

        log.Write(level, "batch", json =>
        {
            json.WriteNumber("ms"u8, Math.Round(duration.TotalMilliseconds, 1));
            json.WriteStartArray("sources"u8);
            foreach (GroupResult group in result.Groups)
            {
                Write(json, group);
            }

            json.WriteEndArray();
        });
    }

    private static bool IsWorthALook(GroupResult group) =>
        group.Stale is not null || group.IsUnmapped || group.ProgressProblem is not null || group.Outcomes.Any(static o => o.DeadLettered > 0 || IsOddlyEmpty(o) || o.Opened is not null || UselessFilterOf(o) is not null);

    // CloudWatch Logs sends messages without log events by itself, to see whether the stream can be reached.
    private static bool IsOddlyEmpty(Outcome outcome) => outcome.Empty > 0 && outcome.Mapping.Unpack != Unpack.CloudWatchLogs;

    // Looked for only where a filter let nothing through: most filters do sometimes, and then nothing is found.
    private static string? UselessFilterOf(Outcome outcome) =>
        outcome is { Filtered: > 0, Delivered: 0, Failures.Count: 0, Mapping: { Filter: { } filter, SourceArn: var source } }
            && filter.FindUnmatchable(source) is { IsWhole: true, Reason: var reason }
            ? $"The filter can never match a record of the source: {reason}. Change it with Set-FanOutTarget -Filter."
            : null;

    private static void Write(Utf8JsonWriter json, GroupResult group)
    {
        json.WriteStartObject();
        json.WriteString("source"u8, group.Group.SourceArn);
        json.WriteNumber("records"u8, group.Group.Records.Count);
        json.WriteNumber("failed"u8, group.Failed.Count);
        if ((group.Unavailable ?? group.Stale) is { } error)
        {
            json.WriteString(group.Unavailable is null ? "mappingsStale"u8 : "mappingsUnavailable"u8, OutsideText.Cut(error.Message, MostCharacters));
        }

        if (group.IsUnmapped)
        {
            json.WriteString("unmapped"u8, group.RequiresTargets
                ? "No mapping is enabled, and FANOUT_REQUIRE_TARGETS is true: the records count as failed. Register a target with Register-FanOutTarget, or enable one."
                : "No mapping is enabled: the records went nowhere. Register a target with Register-FanOutTarget, or set FANOUT_REQUIRE_TARGETS to true.");
        }

        if (group.ProgressProblem is { } problem)
        {
            json.WriteString("progress"u8, OutsideText.Cut(problem, MostCharacters));
        }

        if (group.Invalid.Count > 0)
        {
            json.WriteStartArray("invalidMappings"u8);
            foreach (Engine.Mappings.InvalidMapping invalid in group.Invalid)
            {
                json.WriteStringValue(OutsideText.Cut(invalid.ToString(), MostCharacters));
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("targets"u8);
        foreach (Outcome outcome in group.Outcomes)
        {
            Write(json, outcome);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, outcome.Mapping.Id);
        json.WriteString("destination"u8, outcome.Mapping.Destination.Display);
        json.WriteNumber("delivered"u8, outcome.Delivered);
        if (outcome.Mapping.Filter is not null)
        {
            json.WriteNumber("filtered"u8, outcome.Filtered);
            if (UselessFilterOf(outcome) is { } useless)
            {
                json.WriteString("filter"u8, useless);
            }
        }

        json.WriteNumber("retried"u8, outcome.Retried);
        json.WriteNumber("calls"u8, outcome.Calls);
        WriteCount(json, "before"u8, outcome.Before);
        WriteCount(json, "empty"u8, outcome.Empty);
        WriteCount(json, "superseded"u8, outcome.Superseded);
        WriteCount(json, "deadLettered"u8, outcome.DeadLettered);
        json.WriteNumber("ms"u8, Math.Round(outcome.Duration.TotalMilliseconds, 1));
        if (outcome.Opened is { } opened)
        {
            json.WriteString("circuitOpen"u8, $"{opened.Code}: {opened.Reason}");
        }

        if (outcome.Failures.Count > 0)
        {
            json.WriteStartArray("failures"u8);
            foreach (((FailureClass kind, string code), (int count, string reason)) in outcome.Failures.OrderByDescending(static f => f.Value.Count).Take(MostKinds))
            {
                json.WriteStartObject();
                json.WriteString("class"u8, Enum.GetName(kind));
                json.WriteString("code"u8, code);
                json.WriteNumber("count"u8, count);
                json.WriteString("reason"u8, reason);
                if (outcome.Mapping.Role is { } role)
                {
                    json.WriteString("role"u8, role);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteCount(json, "otherKindsOfFailures"u8, outcome.Failures.Count - MostKinds);
        }

        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> name, long count)
    {
        if (count > 0)
        {
            json.WriteNumber(name, count);
        }
    }
}
