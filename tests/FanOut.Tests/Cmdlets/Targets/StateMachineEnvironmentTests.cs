using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment with a state machine, or a version or an alias of it.</summary>
public sealed class StateMachineEnvironmentTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("", "The state machine {0} does not exist in us-east-1.")]
    [InlineData(":live", "The state machine {0} is ACTIVE, STANDARD. It has no alias live: no execution can be started by it.")]
    [InlineData(":7", "The state machine {0} is ACTIVE, STANDARD. It has no version 7: no execution can be started by it.")]
    public void What_is_there_passes_and_what_is_not_fails(string qualifier, string detail)
    {
        string machine = _session.Cloud.StepFunctions.CreateStateMachine("bill").Arn;
        _session.Run($"Register-FanOutTarget states t {machine}{qualifier} -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal("Pass", Text(Check("Destination"), "Status"));

        if (qualifier.Length == 0)
        {
            _session.Cloud.StepFunctions.DeleteStateMachine(machine);
        }
        else
        {
            _session.Cloud.StepFunctions.DeleteQualifier(machine + qualifier);
        }

        PSObject gone = Check("Destination");
        Assert.Equal(("Fail", string.Format(System.Globalization.CultureInfo.InvariantCulture, detail, machine)), (Text(gone, "Status"), Text(gone, "Detail")));
        Assert.Equal("Fail", Text(Check("Verdict"), "Status"));
    }

    [Fact]
    public void An_alias_that_may_not_be_looked_at_is_no_pass()
    {
        string machine = _session.Cloud.StepFunctions.CreateStateMachine("bill", "EXPRESS").Arn;
        _session.Run($"Register-FanOutTarget states t {machine}:live -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeStateMachineAlias" });

        PSObject check = Check("Destination");

        Assert.Equal("Skipped", Text(check, "Status"));
        Assert.Contains("Whether it has the alias live could not be found out", Text(check, "Detail"), StringComparison.Ordinal);
        Assert.Contains("states:DescribeStateMachineAlias", Text(check, "Remedy"), StringComparison.Ordinal);
    }

    private PSObject Check(string check) => Assert.Single(_session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed().Output, c => Text(c, "Check") == check);

    private static string Text(PSObject check, string property) => $"{check.Properties[property].Value}";
}
