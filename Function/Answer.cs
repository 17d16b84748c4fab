using System.Buffers;
using System.Reflection;
using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine;
using FanOut.Engine.Settings;

namespace FanOut.Dispatch;

/// <summary>Writes what the function answers: which records failed, or one sentence for the invocation's error.</summary>
internal static class Answer
{
    /// <summary><c>{"batchItemFailures":[{"itemIdentifier":"sequence number"},…]}</c>, empty when all was delivered.</summary>
    public static ReadOnlyMemory<byte> BatchItemFailures(DispatchResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("batchItemFailures"u8);
        foreach (GroupResult group in result.Groups)
        {
            foreach (int failed in group.Failed)
            {
                json.WriteStartObject();

                // An empty identifier means all records: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
                json.WriteString("itemIdentifier"u8, group.ToldBy(failed) is { } told ? group.Group.Records[told].SequenceNumber.Span : default);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The answer to <see cref="TestEvent"/>: the version of the program, and the settings that it reads events with.</summary>
    public static ReadOnlyMemory<byte> Test(FunctionSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("fanout"u8, typeof(Answer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        json.WriteString("function"u8, settings.FunctionName);
        json.WriteString("version"u8, settings.FunctionVersion);
        json.WriteString("region"u8, settings.Region);
        json.WriteString("FANOUT_TABLE"u8, settings.Table);
        json.WriteNumber("FANOUT_REFRESH_SECONDS"u8, settings.Refresh.TotalSeconds);
        json.WriteNumber("FANOUT_PARALLEL_TARGETS"u8, settings.Delivery.ParallelTargets);
        json.WriteNumber("FANOUT_PARALLEL_BLOCKS"u8, settings.Delivery.ParallelBlocks);
        json.WriteBoolean("FANOUT_REQUIRE_TARGETS"u8, settings.Delivery.RequireTargets);
        json.WriteString("FANOUT_METRICS"u8, settings.Metrics);
        json.WriteBoolean("FANOUT_BATCH_ITEM_FAILURES"u8, settings.ReportsItems);
        json.WriteString("FANOUT_PROGRESS"u8, settings.Progress);
        json.WriteString("FANOUT_HTTP_NETWORKS"u8, settings.HttpAddresses.ToString());
        json.WriteString("FANOUT_LOG_LEVEL"u8, Enum.GetName(settings.LogLevel)!.ToLowerInvariant());
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>A sentence on what failed, for the invocation's error.</summary>
    public static string Failure(DispatchResult result)
    {
        int records = result.Groups.Sum(static g => g.Group.Records.Count), failed = result.Groups.Sum(static g => g.Failed.Count);
        IEnumerable<string> reasons = result.Groups.SelectMany(static g =>
            g.Outcomes.SelectMany(static o => o.Failures.Select(f => $"{o.Mapping.Id}: {f.Key.Code} ({f.Value.Reason})"))
                .Concat(g.Invalid.Select(static i => OutsideText.Cut(i.ToString())))
                .Concat(g.Unavailable is null ? [] : [OutsideText.Cut(g.Unavailable.Message, 2 * OutsideText.MostCharacters)]));
        return $"{failed} of {records} records were not delivered everywhere. {string.Join("; ", reasons.Take(5))}";
    }
}
