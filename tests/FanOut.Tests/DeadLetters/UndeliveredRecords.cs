using System.Text;
using System.Text.Json;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Tests.Targets;

namespace FanOut.Tests.DeadLetters;

/// <summary>Records that were not delivered.</summary>
internal static class UndeliveredRecords
{
    public static DateTimeOffset First { get; } = new(2026, 11, 25, 16, 0, 0, 125, TimeSpan.Zero);

    public static DateTimeOffset Last { get; } = First.AddSeconds(2);

    public static Failure Failure { get; } = new(FailureClass.PermanentItem, "ValidationException", "Not taken.") { RequestId = "request-1" };

    public static Origin Origin { get; } = new("fanout", "7");

    public static Mapping Mapping(string deadLetter = "https://sqs.us-east-1.amazonaws.com/123456789012/letters", string id = "m")
    {
        Assert.True(Destination.TryParseDeadLetter(deadLetter, out Destination? destination, out string? problem), problem);
        return TestTargets.Mapping(TargetType.Redis, "rediss://user:secret@cache.example.org", id) with { DeadLetter = destination, OnFailure = OnFailure.DeadLetter };
    }

    /// <summary>The records of an event of one source.</summary>
    public static RecordGroup Group(params string[] records) => Assert.Single(EventReader.Read(LambdaEvent.Of(records)));

    /// <summary>Records of Kinesis, numbered from 100 on, with these data.</summary>
    public static RecordGroup Group(IEnumerable<byte[]> data) => Group([.. data.Select((d, i) => LambdaEvent.Kinesis(d, $"k{i}", $"{100 + i}"))]);

    /// <summary>All records of a group.</summary>
    public static Undelivered[] All(RecordGroup group) =>
        [.. group.Records.Select((_, i) => new Undelivered(i, null, Failure, new Attempts(3, First, Last)))];

    /// <summary>The envelope of one of them.</summary>
    public static (string Text, bool HasData) Envelope(RecordGroup group, Undelivered undelivered, long most = long.MaxValue, Mapping? mapping = null)
    {
        using var body = new RequestBody(16);
        bool hasData = new Envelopes(mapping ?? Mapping(), group, Origin).Write(body, undelivered, most);
        return (Encoding.UTF8.GetString(body.Written), hasData);
    }

    public static JsonElement Parse(string envelope)
    {
        using JsonDocument document = JsonDocument.Parse(envelope);
        return document.RootElement.Clone();
    }
}
