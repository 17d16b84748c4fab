using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Logging;

namespace FanOut.Dispatch;

/// <summary>Writes what became of records that somebody has marked for it (<see cref="TestMark"/>), a line each, at every target.</summary>
/// <remarks>The module reads it: <c>src/FanOut/Operations/ReadMarkedLine.cs</c>.</remarks>
internal static class MarkedLog
{
    private const int MostCharacters = 2 * OutsideText.MostCharacters;

    public static void Write(JsonLog log, DispatchResult result, TimeProvider time)
    {
        foreach (GroupResult group in result.Groups)
        {
            if (group.Group.Marked is not { } marked)
            {
                continue;
            }

            foreach (MarkedRecord record in marked)
            {
                log.Write(LogLevel.Asked, "test record", json => Write(json, group, record, time.GetUtcNow()));
            }
        }
    }

    private static void Write(Utf8JsonWriter json, GroupResult group, MarkedRecord marked, DateTimeOffset now)
    {
        json.WriteString("mark"u8, marked.Mark);
        json.WriteString("source"u8, group.Group.SourceArn);
        if (group.Group.ArrivalOf(marked.Record) is { } arrived)
        {
            json.WriteNumber("ageMs"u8, Math.Round((now - arrived).TotalMilliseconds));
        }

        if (group.Unavailable is { } error)
        {
            json.WriteString("reason"u8, OutsideText.Cut(error.Message, MostCharacters));
        }

        json.WriteStartArray("targets"u8);
        foreach (Outcome outcome in group.Outcomes)
        {
            Write(json, outcome, marked.Record);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome, int record)
    {
        Undelivered? undelivered = Find(outcome, record);
        json.WriteStartObject();
        json.WriteString("id"u8, outcome.Mapping.Id);
        json.WriteString("state"u8, outcome.IsFailed(record) ? "failed"u8 : undelivered is not null ? "deadLettered"u8 : outcome.Settled().Has(record) ? "delivered"u8 : "filtered"u8);
        json.WriteNumber("ms"u8, Math.Round(outcome.Duration.TotalMilliseconds, 1));
        if (undelivered?.Failure is { } failure)
        {
            json.WriteString("class"u8, Enum.GetName(failure.Class));
            json.WriteString("code"u8, failure.Code);
            json.WriteString("reason"u8, OutsideText.Cut(failure.Reason, MostCharacters));
        }

        json.WriteEndObject();
    }

    private static Undelivered? Find(Outcome outcome, int record)
    {
        foreach (Undelivered undelivered in outcome.Undelivered)
        {
            if (undelivered.Record == record)
            {
                return undelivered;
            }
        }

        return null;
    }
}
