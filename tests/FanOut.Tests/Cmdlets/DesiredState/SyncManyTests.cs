using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>Five hundred targets in few calls; two who sync at once; a run that fails or ends in the middle.</summary>
public sealed class SyncManyTests : StateTests
{
    private const int Many = 500;

    private readonly PowerShellSession _other = new();

    public SyncManyTests()
    {
        Sync(State(Target("audit"))).ThrowIfFailed();
        _other.CallAt(Session.Cloud.Endpoint, "AKIATESTSOFOTHERS000", CloudSession.Secret);
        _other.Run($"$PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'fresh'; $PSDefaultParameterValues['Sync-FanOutTarget:PackagePath'] = '{PackagePath}'; "
            + "$PSDefaultParameterValues['Sync-FanOutTarget:SkipTest'] = $true; $WarningPreference = 'Ignore'").ThrowIfFailed();
        Session.Forget();
    }

    public override ValueTask DisposeAsync()
    {
        _other.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public void Five_hundred_are_written_in_five_calls_then_none_then_one()
    {
        string[] targets = [.. Enumerable.Range(1, Many).Select(static i => Target($"t{i}"))];

        Sync(State(targets)).ThrowIfFailed();

        Assert.Equal(Many + 1, Rows.Count);
        Assert.Equal(5, Writes);
        // Each new queue is looked at once for the key of AWS KMS that the role must be allowed to use.
        Assert.InRange(Session.Calls.Count(static c => !c.StartsWith("sqs:", StringComparison.Ordinal)), 5, 60);

        Session.Forget();
        Sync(State(targets)).ThrowIfFailed();
        Assert.Empty(Session.Changes);
        Assert.InRange(Session.Calls.Count(static c => !c.StartsWith("sqs:", StringComparison.Ordinal)), 1, 30);

        Session.Forget();
        targets[250] = Target("t251", "\"Collapse\": \"none\"");
        Sync(State(targets)).ThrowIfFailed();
        Assert.Equal("dynamodb:TransactWriteItems", Assert.Single(Session.Changes));
        Assert.Equal("none", Rows.Single(static r => Id(r) == "t251").GetProperty("collapse").GetProperty("S").GetString());
    }

    [Fact]
    public void Two_who_want_the_same_at_once_both_have_it()
    {
        string state = State(Target("audit"), Target("t1"), Target("t2"));
        string path = Write(state);
        Before("TransactWriteItems", 1, () => _other.Run($"Sync-FanOutTarget '{path}'").ThrowIfFailed());

        PowerShellResult mine = Run($"Sync-FanOutTarget '{path}' -PassThru").ThrowIfFailed();

        Assert.Equal(["t1 Done", "t2 Done"], mine.Output.Select(static o => Texts(o, "Id", "Result")));
        Assert.Equal(3, Rows.Count);
    }

    [Fact]
    public void Who_comes_second_does_not_undo_what_the_first_has_changed_and_is_told()
    {
        string theirs = Write(State(Target("audit", "\"Collapse\": \"concat\""), Target("t1")), "theirs.json");
        Before("TransactWriteItems", 1, () => _other.Run($"Sync-FanOutTarget '{theirs}'").ThrowIfFailed());

        PowerShellResult mine = Sync(State(Target("audit", "\"Collapse\": \"none\""), Target("t2")), "-PassThru");

        ErrorRecord error = Assert.Single(mine.Errors);
        Assert.Equal(("TargetOvertaken,FanOut.Commands.SyncFanOutTargetCommand", ErrorCategory.ResourceBusy), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Equal(["audit Failed", "t2 Done"], mine.Output.Select(static o => Texts(o, "Id", "Result")));
        Assert.Equal("concat", Rows.Single(static r => Id(r) == "audit").GetProperty("collapse").GetProperty("S").GetString());
        Assert.Equal(["audit", "t1", "t2"], Rows.Select(Id).Order(StringComparer.Ordinal));

        Sync(State(Target("audit", "\"Collapse\": \"none\""), Target("t2"))).ThrowIfFailed();
        Assert.Equal("none", Rows.Single(static r => Id(r) == "audit").GetProperty("collapse").GetProperty("S").GetString());
    }

    [Fact]
    public void What_fails_leaves_the_rest_done_and_is_said_also_where_errors_end_the_script()
    {
        string[] targets = [Target("audit"), .. Enumerable.Range(1, 250).Select(static i => Target($"t{i}"))];
        int calls = 0;
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "TransactWriteItems", Code = "AccessDeniedException", Status = 400, Where = _ => Interlocked.Increment(ref calls) == 2 });

        PowerShellResult result = Run($"$ErrorActionPreference = 'Stop'; $WarningPreference = 'Continue'; Sync-FanOutTarget '{Write(State(targets))}' -PassThru");

        Assert.Contains("100 targets were not written (t101, t102, t103 and so on)", result.Terminated!.Message, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, static w => w.StartsWith("150 of 250 changes of fresh were made, 100 failed, 0 were left out. The same command", StringComparison.Ordinal));
        Assert.Equal(151, Rows.Count);

        Session.Forget();
        Run($"$ErrorActionPreference = 'Continue'; Sync-FanOutTarget '{Named("fanout.json")}'").ThrowIfFailed();
        Assert.Equal(251, Rows.Count);
        Assert.Equal(1, Writes);
    }

    [Fact]
    public void A_run_that_is_stopped_in_the_middle_is_completed_by_the_next()
    {
        string[] targets = [Target("audit"), .. Enumerable.Range(1, 250).Select(static i => Target($"t{i}"))];
        using PowerShell run = Session.PowerShell.Begin($"Sync-FanOutTarget '{Write(State(targets))}'");
        Before("TransactWriteItems", 2, () => run.BeginStop(null, null));

        run.Invoke();

        Assert.InRange(Rows.Count, 101, 250);
        Sync(State(targets)).ThrowIfFailed();
        Assert.Equal(251, Rows.Count);
        Session.Forget();
        Sync(State(targets)).ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_source_is_not_connected_without_a_target_that_could_not_be_written()
    {
        Run("Disconnect-FanOutSource orders Kinesis -Confirm:$false").ThrowIfFailed();
        Fault denied = new() { Kind = FaultKind.Error, Operation = "TransactWriteItems", Code = "AccessDeniedException", Status = 400 };
        Session.Cloud.Faults.Add(denied);

        PowerShellResult result = Sync(State(Target("audit"), Target("t1")), "-PassThru");

        Assert.Single(result.Errors);
        Assert.Equal(["Target t1 Failed", "Source orders Skipped"], result.Output.Select(static o => Texts(o, "ItemType", "Id", "Result")));
        Assert.Empty(Session.Lambda.EventSourceMappings);
    }

    private int Writes => Session.Changes.Count(static c => c == "dynamodb:TransactWriteItems");

    /// <summary>Lets something happen before a call of an operation has its effect.</summary>
    private void Before(string operation, int number, Action happens)
    {
        int calls = 0;
        Session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Operation = operation,
            Where = _ =>
            {
                if (Interlocked.Increment(ref calls) == number)
                {
                    happens();
                }

                return false;
            },
        });
    }
}
