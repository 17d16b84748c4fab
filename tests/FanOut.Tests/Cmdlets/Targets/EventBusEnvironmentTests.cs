using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What commands tell of an event bus, whose absence nobody else tells: PutEvents takes events for a bus that does not exist.</summary>
public sealed class EventBusEnvironmentTests : IAsyncDisposable
{
    private const string Missing = "arn:aws:events:us-east-1:123456789012:event-bus/absent";

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

    [Fact]
    public void Send_says_that_EventBridge_drops_what_a_bus_gets_that_is_not_there_and_sends_nothing()
    {
        _session.Run($"Register-FanOutTarget events t {Missing} -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();
        _session.Forget();

        PSObject sent = Send();

        Assert.Equal(("Fail", "aws events create-event-bus --name absent --region us-east-1"), (Text(sent, "Status"), Text(sent, "Remedy")));
        Assert.Contains($"The event bus {Missing} does not exist in us-east-1. EventBridge takes events for a bus that is not there all the same, and drops them", Text(sent, "Detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("events:PutEvents", _session.Calls);

        _session.Cloud.EventBridge.CreateEventBus("absent");
        Assert.Equal("Pass", Text(Send(), "Status"));

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeEventBus" });
        PSObject unseen = Send();
        Assert.Equal("Pass", Text(unseen, "Status"));
        Assert.Contains("Whether the event bus is there was not seen", Text(unseen, "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Register-FanOutTarget events t " + Missing + " -SourceArn " + CloudSession.Orders, true)]
    [InlineData("Register-FanOutTarget events t orders -SourceArn " + CloudSession.Orders, false)]
    [InlineData("Register-FanOutTarget events t arn:aws:events:us-east-1:210987654321:event-bus/absent -SourceArn " + CloudSession.Orders, false)]
    [InlineData("Register-FanOutTarget events t arn:aws:events:eu-west-1:123456789012:event-bus/absent -SourceArn " + CloudSession.Orders, false)]
    [InlineData("Register-FanOutTarget events t orders -SourceArn " + CloudSession.Orders + " -WarningAction Ignore; Set-FanOutTarget t -SourceArn " + CloudSession.Orders + " -Destination " + Missing, true)]
    public void A_bus_of_one_s_own_that_is_not_there_is_warned_of_once(string script, bool isMissing)
    {
        _session.Cloud.EventBridge.CreateEventBus("orders");

        string[] warnings = [.. _session.Run(script).ThrowIfFailed().Warnings.Where(static w => w.Contains("event bus", StringComparison.Ordinal))];

        if (isMissing)
        {
            string warning = Assert.Single(warnings);
            Assert.StartsWith($"The event bus {Missing} of the target 't' does not exist.", warning, StringComparison.Ordinal);
            Assert.EndsWith("aws events create-event-bus --name absent --region us-east-1", warning, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(warnings);
        }
    }

    [Fact]
    public void Who_may_not_look_for_a_bus_is_told_nothing()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeEventBus" });

        Assert.DoesNotContain(
            _session.Run($"Register-FanOutTarget events t {Missing} -SourceArn {CloudSession.Orders}").ThrowIfFailed().Warnings, static w => w.Contains("event bus", StringComparison.Ordinal));
    }

    private PSObject Send() => Assert.Single(_session.Run("Test-FanOutTarget t -Send").ThrowIfFailed().Output, static c => Text(c, "Check") == "Send");

    private PSObject Destination() => Assert.Single(_session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed().Output, static c => Text(c, "Check") == "Destination");

    private static string Text(PSObject check, string property) => $"{check.Properties[property].Value}";
}
