using FanOut.Aws.Lambda;
using FanOut.Errors;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.Sources;
using Mapping = FanOut.LocalCloud.Lambda.EventSources.EventSourceMapping;
using Settings = FanOut.LocalCloud.Lambda.EventSources.EventSourceMappingOptions;

namespace FanOut.Tests.Sources;

public sealed class ConnectSourceTests : SourceTests
{
    private const string Clicks = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";

    private ConnectSource Connect => new(Function("fanout"), Mappings, Configurations, Patience, Time) { KeepPolicy = static _ => Task.FromResult(false) };

    [Fact]
    public async Task At_no_moment_the_function_answers_a_mapping_that_does_not_ask()
    {
        Add();
        Cloud.Kinesis.CreateStream("clicks");
        Mapping other = Lambda.CreateEventSourceMapping(Clicks, "fanout", new Settings());
        List<(string Operation, bool Asks, bool IsUpdating)> seen = [];
        Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Slow,
            Where = call =>
            {
                seen.Add((call.Operation, other.Settings.ReportBatchItemFailures, Lambda.Functions.Single().IsUpdating));
                return false;
            },
        });

        await RunAsync();

        Assert.All(seen.Where(static s => s.Operation is "UpdateFunctionConfiguration" or "CreateEventSourceMapping"), static s => Assert.Equal((true, false), (s.Asks, s.IsUpdating)));
        Assert.Equal(["UpdateEventSourceMapping", "UpdateFunctionConfiguration", "CreateEventSourceMapping"], Changes.Distinct());
    }

    [Fact]
    public async Task A_mapping_that_others_made_meanwhile_is_told()
    {
        Add("fanout", ("FANOUT_BATCH_ITEM_FAILURES", "true"));
        Connection plan = await Connect.PlanAsync(Orders, new ConnectionSettings(), false, Cancellation);
        Lambda.CreateEventSourceMapping(Orders, "fanout", new Settings());

        FanOutException error = await Assert.ThrowsAsync<FanOutException>(() => Connect.RunAsync(plan, Orders, new ConnectionSettings(), Cancellation));

        Assert.Equal("SourceAlreadyConnected", error.ErrorId);
        Assert.Contains(Lambda.EventSourceMappings.Single().Key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_that_is_being_deleted_is_not_connected_over()
    {
        Add();
        EventSourceMappingConfiguration made = Assert.Single(await RunAsync());
        await Mappings.DeleteAsync(made.UUID!, Patience, Cancellation);

        FanOutException error = await Assert.ThrowsAsync<FanOutException>(() => Connect.PlanAsync(Orders, new ConnectionSettings(), true, Cancellation));

        Assert.Contains("try again when it is gone", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_waits_until_the_settings_are_in_force()
    {
        Add();
        Mapping mapping = Lambda.CreateEventSourceMapping(Orders, "fanout", new Settings());

        Connection plan = await Connect.PlanAsync(Orders, new ConnectionSettings { BatchSize = 7 }, true, Cancellation);
        EventSourceMappingConfiguration changed = Assert.Single(await Connect.RunAsync(plan, Orders, new ConnectionSettings { BatchSize = 7 }, Cancellation));

        Assert.Equal((7, true, EventSourceMappingState.Enabled), (mapping.Settings.BatchSize, mapping.Settings.ReportBatchItemFailures, mapping.State));
        Assert.Equal("Enabled", changed.State);
    }

    [Fact]
    public async Task A_change_waits_for_the_one_before()
    {
        Add();
        EventSourceMappingConfiguration made = Assert.Single(await RunAsync());
        Assert.Equal("Creating", made.State);

        EventSourceMappingConfiguration changed = await Mappings.UpdateAsync(new() { UUID = made.UUID!, Enabled = false }, Patience, Cancellation);

        Assert.Equal("Disabling", changed.State);
    }

    [Fact]
    public async Task All_pages_are_read()
    {
        Add();
        for (int i = 0; i < 105; i++)
        {
            Cloud.Kinesis.CreateStream($"s{i}");
            Lambda.CreateEventSourceMapping($"arn:aws:kinesis:us-east-1:123456789012:stream/s{i}", "fanout", new Settings());
        }

        Assert.Equal(105, (await Mappings.ListAsync(null, Cancellation)).Count);
        Assert.Equal(2, Cloud.Calls.Count);
    }

    private async Task<IReadOnlyList<EventSourceMappingConfiguration>> RunAsync() =>
        await Connect.RunAsync(await Connect.PlanAsync(Orders, new ConnectionSettings(), false, Cancellation), Orders, new ConnectionSettings(), Cancellation);
}
