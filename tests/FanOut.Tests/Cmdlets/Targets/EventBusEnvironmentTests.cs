using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment with an event bus, whose absence nobody else tells: PutEvents takes events for a bus that does not exist.</summary>
public sealed class EventBusEnvironmentTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void A_bus_that_is_there_passes_and_one_that_is_not_is_named_with_the_command_that_makes_it()
    {
        string bus = _session.Cloud.EventBridge.CreateEventBus("orders").Arn;
        _session.Run($"Register-FanOutTarget events t orders -SourceArn {CloudSession.Orders} -Enabled").ThrowIfFailed();

        PSObject there = Destination();
        Assert.Equal(("Pass", $"The event bus {bus} is there."), (Text(there, "Status"), Text(there, "Detail")));

        _session.Cloud.EventBridge.DeleteEventBus(bus);
        PSObject gone = Destination();
        Assert.Equal(("Fail", "aws events create-event-bus --name orders --region us-east-1"), (Text(gone, "Status"), Text(gone, "Remedy")));
    }

    private PSObject Destination() => Assert.Single(_session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed().Output, static c => Text(c, "Check") == "Destination");

    private static string Text(PSObject check, string property) => $"{check.Properties[property].Value}";
}
