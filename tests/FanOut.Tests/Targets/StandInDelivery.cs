using Amazon.DynamoDBv2.Model;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.LocalCloud;
using FanOut.Tests.Mappings;

namespace FanOut.Tests.Targets;

/// <summary>Delivers an event to a target at the stand-ins, by a row of the table.</summary>
internal static class StandInDelivery
{
    /// <summary>The mapping of a row, in order unless it says otherwise.</summary>
    public static Mapping Mapping(Cloud cloud, string type, string rest, params (string Name, string Value)[] attributes)
    {
        (string, AttributeValue?)[] row =
        [
            ("type", new(type)), ("destination", new($"{cloud.Endpoint.GetLeftPart(UriPartial.Authority)}#{rest}")), ("parallel", new("false")),
            .. attributes.Select(static a => (a.Name, (AttributeValue?)new(a.Value))),
        ];
        return MappingReader.Read(Rows.Row(row), out InvalidMapping? invalid) ?? throw new InvalidOperationException(invalid!.Reason);
    }

    /// <summary>Delivers an event and says what became of its records.</summary>
    public static async Task<Outcome> DeliverAsync(Cloud cloud, Mapping mapping, byte[] json)
    {
        using AwsClient client = TestTargets.Client(mapping.Type, cloud.Endpoint);
        await using ITarget target = TestTargets.Target(mapping, client);
        using TargetBatch batch = Batch(mapping, target, json);
        Outcome outcome = Outcome.Of(mapping, batch);
        await new Deliver(new ActiveTarget(target, new Circuit(TimeProvider.System)), outcome, TimeSpan.FromMinutes(1), TimeProvider.System, new Random(1))
            .RunAsync(batch, 1, TestContext.Current.CancellationToken);
        return outcome;
    }

    /// <summary>What of an event is sent to a target.</summary>
    public static TargetBatch Batch(Mapping mapping, ITarget target, byte[] json) =>
        TargetBatch.Of(MakePayloads.Of(Assert.Single(EventReader.Read(json)), PayloadOptions.Of(mapping, target.Form)), target.Cutter);

    /// <summary>The records that were not delivered, and why.</summary>
    public static (int Record, string Class, string Code)[] Failed(Outcome outcome) =>
        [.. outcome.Undelivered.Select(static u => (u.Record, $"{u.Failure.Class}", u.Failure.Code)).OrderBy(static u => u.Record)];
}
