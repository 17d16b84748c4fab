using System.Buffers;
using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine;

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
