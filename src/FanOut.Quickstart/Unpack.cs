using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Quickstart;

/// <summary>Takes records out of what targets received.</summary>
internal static class Unpack
{
    /// <summary>One record per arrival.</summary>
    public static Arrived Single(IEnumerable<Arrival> arrivals)
    {
        List<Arrival> all = [.. arrivals];
        return new Arrived([.. all.Select(static a => a.Text)], Calls(all), all.Count > 0 ? all[0].Text : "");
    }

    /// <summary>Messages <c>{"Records":[…]}</c>.</summary>
    public static Arrived Collapsed(IEnumerable<Arrival> arrivals)
    {
        List<Arrival> all = [.. arrivals];
        return new Arrived([.. all.SelectMany(static a => Records(a.Data)).Select(static r => r.GetRawText())], Calls(all), all.Count > 0 ? all[0].Text : "");
    }

    /// <summary>The lines of DynamoDB items in plain JSON.</summary>
    public static Arrived Lines(Arrived arrived) => arrived with { Records = [.. arrived.Records.Select(LineOf)] };

    /// <summary>Events that a lambda target got.</summary>
    public static Arrived Events(IReadOnlyList<RecordedInvocation> invocations) => new(
        [.. invocations.SelectMany(static i => Records(i.Payload)).Select(static r =>
            Encoding.UTF8.GetString(r.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64()))],
        invocations.Count,
        invocations.Count > 0 ? Encoding.UTF8.GetString(invocations[0].Payload.Span) : "");

    /// <summary>What a DynamoDB record is known by here.</summary>
    public static string LineOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return "line " + document.RootElement.GetProperty("line").GetRawText();
    }

    private static int Calls(List<Arrival> arrivals) => arrivals.Select(static a => a.Call).Distinct().Count();

    private static IEnumerable<JsonElement> Records(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("Records").EnumerateArray().Select(static r => r.Clone())];
    }
}
