using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Batching;

/// <summary>Payloads made by hand, one per record.</summary>
internal static class TestPayloads
{
    public const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/in";

    public static Payload Payload(byte[] data, string key = "k") => new() { Record = 0, Key = Encoding.UTF8.GetBytes(key), Data = new Blob(data, false) };

    public static Payload Payload(string data, string key = "k") => Payload(Encoding.UTF8.GetBytes(data), key);

    /// <summary>The number as data and as key.</summary>
    public static Payload[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(n => Payload($"{n}", $"{n}"))];

    public static Payloads Payloads(params Payload[] payloads)
    {
        var group = new RecordGroup(Source, SourceKind.Kinesis, [.. payloads.Select((_, i) => new StreamRecord { SequenceNumber = Encoding.ASCII.GetBytes($"{i}") })]);
        var made = new Payloads(group, new Arena());
        made.Items.AddRange([.. payloads.Select((payload, i) => payload with { Record = i })]);
        return made;
    }

    public static TargetBatch Batch(IItemCutter cutter, params Payload[] payloads) => TargetBatch.Of(Payloads(payloads), cutter);
}
