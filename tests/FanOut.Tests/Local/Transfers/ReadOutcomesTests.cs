using System.Text;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Local;
using FanOut.Local.Transfers;
using FanOut.Tests.Delivery;

namespace FanOut.Tests.Local.Transfers;

/// <summary>What became of each record at each target, as the engine's result tells it.</summary>
public sealed class ReadOutcomesTests
{
    [Fact]
    public async Task Each_record_is_delivered_filtered_or_failed_at_each_mapping_by_itself()
    {
        var targets = new OneTarget(new HandMadeTarget((items, _) => items.Contains("bad")
            ? new Receipt([new ItemFailure(Array.IndexOf(items, "bad"), new Failure(FailureClass.PermanentItem, "Invalid", "It is bad."))])
            : Receipt.AllTaken));

        IReadOnlyDictionary<string, IReadOnlyList<RecordOutcome>> outcomes = await SendAsync(
            targets, [Queue("all"), Queue("good") with { Filter = Filter("""{"data":["good"]}""") }], Kinesis("good", 1), Kinesis("bad", 2), Kinesis("other", 3));

        Assert.Equal([RecordState.Delivered, RecordState.Failed, RecordState.Delivered], outcomes["all"].Select(static o => o.State));
        Assert.Equal(("Invalid", "It is bad.", 1), (outcomes["all"][1].Failure!.Code, outcomes["all"][1].Failure!.Reason, outcomes["all"][1].Attempts));
        Assert.Equal([RecordState.Delivered, RecordState.Filtered, RecordState.Filtered], outcomes["good"].Select(static o => o.State));
    }

    [Fact]
    public async Task An_aggregate_of_which_one_record_fails_has_failed_and_one_of_which_a_filter_takes_a_part_is_delivered()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("k").Record(0, null, "good"u8.ToArray()).Record(0, null, "bad"u8.ToArray()).Sealed();
        var targets = new OneTarget(new HandMadeTarget((items, _) => items.Contains("bad")
            ? new Receipt([new ItemFailure(Array.IndexOf(items, "bad"), new Failure(FailureClass.PermanentItem, "Invalid", "It is bad."))])
            : Receipt.AllTaken));

        IReadOnlyDictionary<string, IReadOnlyList<RecordOutcome>> outcomes = await SendAsync(
            targets,
            [Queue("all") with { Deaggregate = true }, Queue("good") with { Deaggregate = true, Filter = Filter("""{"data":["good"]}""") }, Queue("none") with { Deaggregate = true, Filter = Filter("""{"data":["no"]}""") }],
            LambdaEvent.Kinesis(aggregate));

        Assert.Equal((RecordState.Failed, "Invalid"), (outcomes["all"][0].State, outcomes["all"][0].Failure!.Code));
        Assert.Equal((RecordState.Delivered, RecordState.Filtered), (outcomes["good"][0].State, outcomes["none"][0].State));
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordOutcome>>> SendAsync(OneTarget targets, IReadOnlyList<Mapping> mappings, params string[] records)
    {
        DispatchResult result = await new LocalEngine(targets, TimeProvider.System, new Random(1))
            .SendAsync(LambdaEvent.Of(records), mappings, TestContext.Current.CancellationToken);
        return ReadOutcomes.Of(Assert.Single(result.Groups));
    }

    private static string Kinesis(string data, int number) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data), key: $"k{number}", sequenceNumber: $"{number}");

    private static RecordFilter Filter(string text) => RecordFilter.TryParse(text, null, out RecordFilter? filter, out string? problem) ? filter : throw new InvalidOperationException(problem);

    private static Mapping Queue(string id) => new()
    {
        SourceArn = LambdaEvent.Stream,
        Id = id,
        Type = TargetType.Sqs,
        Destination = Destination.TryParse(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:q", out Destination? destination, out _) ? destination : throw new InvalidOperationException(),
        Active = true,
    };

    private sealed class OneTarget(HandMadeTarget target) : ITargetSource
    {
        private readonly Circuit _circuit = new(TimeProvider.System);

        public ActiveTarget TargetOf(Mapping mapping) => new(target, _circuit);

        public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;
    }
}
