using System.Text;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.LocalCloud;
using FanOut.LocalCloud.StepFunctions;

namespace FanOut.Tests.Targets;

/// <summary>What a state machine is started with, and that a repeat starts it no second time.</summary>
public sealed class StatesTargetTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Each_record_is_the_input_of_an_execution_named_by_its_number()
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");

        Outcome outcome = await DispatchAsync(machine, LambdaEvent.Kinesis("{\"id\":\"é\\\"\"}"u8, sequenceNumber: "4959"), LambdaEvent.Kinesis("[1]"u8, sequenceNumber: "4960"));

        Assert.Equal((2, 2), (outcome.Delivered, outcome.Calls));
        Assert.Equal(["{\"id\":\"é\\\"\"}", "[1]"], _cloud.StepFunctions.Received.Select(static a => a.Text).Order(StringComparer.Ordinal).Reverse());
        Assert.All(_cloud.StepFunctions.Received, static a => Assert.Matches("^49(59|60)-[0-9a-f]{16}$", a.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_comes_again_starts_no_second_execution_also_when_the_first_has_ended(bool hasEnded)
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");
        string[] records = [LambdaEvent.Kinesis("{\"n\":1}"u8, sequenceNumber: "1"), LambdaEvent.Kinesis("{\"n\":2}"u8, sequenceNumber: "2")];
        await DispatchAsync(machine, records);
        if (hasEnded)
        {
            machine.EndExecutions();
        }

        Outcome again = await DispatchAsync(machine, records);

        Assert.Equal((2, 2), (again.Delivered, _cloud.StepFunctions.Received.Count));
    }

    [Fact]
    public async Task The_records_of_an_aggregate_have_names_of_their_own()
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, [.. "{\"n\":1}"u8]).Record(0, null, [.. "{\"n\":2}"u8]).Sealed();

        await DispatchAsync(machine, LambdaEvent.Kinesis(aggregate, sequenceNumber: new string('9', 56)));

        Assert.Equal([$"{new string('9', 56)}_0", $"{new string('9', 56)}_1"], _cloud.StepFunctions.Received.Select(static a => a.Key!.Split('-')[0]).Order(StringComparer.Ordinal));
        Assert.All(_cloud.StepFunctions.Received, static a => Assert.InRange(a.Key!.Length, 1, 80));
    }

    [Fact]
    public async Task A_number_that_is_too_long_for_a_name_is_hashed()
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");

        await DispatchAsync(machine, LambdaEvent.Kinesis("{}"u8, sequenceNumber: new string('9', 120)));

        Assert.Matches("^[0-9a-f]{64}$", Assert.Single<Arrival>(_cloud.StepFunctions.Received).Key);
    }

    [Fact]
    public async Task A_name_of_the_record_s_own_makes_repeats_of_the_producer_one_execution()
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");
        Assert.True(RecordTransform.TryParseText("order-<data.id>", SourceKind.Kinesis, LambdaEvent.Stream, "m", out RecordTransform? name, out string? problem), problem);

        Outcome outcome = await DispatchAsync(
            machine, m => m with { DeduplicationId = name },
            LambdaEvent.Kinesis("{\"id\":7}"u8, sequenceNumber: "1"), LambdaEvent.Kinesis("{\"id\":7,\"again\":true}"u8, sequenceNumber: "2"), LambdaEvent.Kinesis("{\"id\":\"a b\"}"u8, sequenceNumber: "3"));

        Assert.Equal(3, outcome.Delivered);
        Assert.Equal(2, _cloud.StepFunctions.Received.Count);
        Assert.Contains(_cloud.StepFunctions.Received, static a => a.Key == "order-7");
        Assert.Contains(_cloud.StepFunctions.Received, static a => a.Key!.Length == 64);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("{\"a\":")]
    [InlineData("")]
    public async Task What_is_no_JSON_is_undecodable_by_itself_and_the_others_go(string data)
    {
        StateMachine machine = _cloud.StepFunctions.CreateStateMachine("m");

        Outcome outcome = await DispatchAsync(machine, LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data), sequenceNumber: "1"), LambdaEvent.Kinesis("null"u8, sequenceNumber: "2"));

        Assert.Equal((1, (FailureClass.Undecodable, "NotJson")), (outcome.Delivered, Assert.Single(outcome.Failures).Key));
        Assert.Equal("null", Assert.Single<Arrival>(_cloud.StepFunctions.Received).Text);
    }

    private Task<Outcome> DispatchAsync(StateMachine machine, params string[] records) => DispatchAsync(machine, static m => m, records);

    private async Task<Outcome> DispatchAsync(StateMachine machine, Func<Mapping, Mapping> set, params string[] records)
    {
        Mapping mapping = set(TestTargets.Mapping(TargetType.States, machine.Arn + ":live") with { SourceArn = LambdaEvent.Stream, Deaggregate = true });
        using var clients = TestTargets.Clients(TimeProvider.System, _cloud.Endpoint);
        await using TargetFactory targets = new(clients, TimeProvider.System);
        var dispatcher = new Dispatcher(new OneMapping(mapping), targets, new DeliveryOptions(), TimeProvider.System, new Random(1));
        using DispatchResult result = await dispatcher.DispatchAsync(LambdaEvent.Of(records), TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(result.Groups).Outcomes);
    }

    private sealed class OneMapping(Mapping mapping) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([mapping], []));
    }
}
