using System.Management.Automation;
using System.Text.Json;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Two people change targets at once. The second one's whole command runs between two calls of the first one's, in a session of its own.</summary>
public sealed class ConcurrentChangeTests : Deployment.DeploymentTests
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";

    private readonly PowerShellSession _other = new();

    public ConcurrentChangeTests()
        : base(enforcePolicies: true)
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        _other.CallAt(Session.Cloud.Endpoint, "AKIATESTSOFOTHERS000", CloudSession.Secret);
    }

    public override ValueTask DisposeAsync()
    {
        _other.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public void Two_changes_that_are_valid_alone_do_not_make_an_invalid_row()
    {
        Register("t1", "-DeadLetter s3://letters/orders -OnFailure block");
        PowerShellResult? others = null;
        Before("UpdateItem", () => others = Other($"Set-FanOutTarget t1 {Source} -DeadLetter $null"));

        ErrorRecord error = Run($"Set-FanOutTarget t1 {Source} -OnFailure deadLetter").Error();

        others!.ThrowIfFailed();
        Assert.Contains("deadLetter is missing", error.Exception.Message, StringComparison.Ordinal);
        Assert.Null(Run("Get-FanOutTarget").Property("Problem"));
    }

    [Fact]
    public void Two_changes_that_fit_are_both_made()
    {
        Register("t1");
        Before("UpdateItem", () => Other($"Set-FanOutTarget t1 {Source} -AppendNewlines").ThrowIfFailed());

        Run($"Set-FanOutTarget t1 {Source} -Collapse none").ThrowIfFailed();

        JsonElement row = Assert.Single(Rows);
        Assert.Equal(("none", true), (row.GetProperty("collapse").GetProperty("S").GetString(), row.GetProperty("appendNewlines").GetProperty("BOOL").GetBoolean()));
    }

    [Fact]
    public void What_is_activated_is_what_was_checked()
    {
        Register("t1");
        Before("UpdateItem", () => Session.Cloud.Dynamo.Find("freshTargets")!.Put(
            $$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"t1"},"type":{"S":"kafka"},"destination":{"S":"t"},"active":{"BOOL":false}}"""));

        Assert.StartsWith("InvalidMapping,", Run($"Enable-FanOutTarget t1 {Source}").Error().FullyQualifiedErrorId, StringComparison.Ordinal);

        Assert.False(Assert.Single(Rows).GetProperty("active").GetProperty("BOOL").GetBoolean());
    }

    [Fact]
    public void A_target_that_is_deleted_meanwhile_is_not_made_again()
    {
        Register("t1");
        Before("UpdateItem", () => Other($"Unregister-FanOutTarget t1 {Source} -Confirm:$false").ThrowIfFailed());

        Assert.StartsWith("TargetNotFound,", Run($"Set-FanOutTarget t1 {Source} -Collapse none").Error().FullyQualifiedErrorId, StringComparison.Ordinal);

        Assert.Empty(Rows);
    }

    [Theory]
    [InlineData("", "TargetExists,")]
    [InlineData("-Force", null)]
    public void Who_registers_an_id_second_meets_the_first_one(string more, string? id)
    {
        Before("PutItem", () => Other($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:theirs {Source} -Enabled -WarningAction Ignore").ThrowIfFailed());

        PowerShellResult mine = Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:mine {Source} {more} -WarningAction Ignore");

        if (id is null)
        {
            // The other one's switch stays, as at any other time.
            Assert.Equal(("arn:aws:sqs:us-east-1:123456789012:mine", true), (mine.Property("Destination"), mine.Property("Enabled")));
        }
        else
        {
            Assert.StartsWith(id, mine.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith(":theirs", Assert.Single(Rows).GetProperty("destination").GetProperty("S").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Who_is_overtaken_for_ever_gives_up_and_says_so()
    {
        Register("t1");
        int turn = 0;
        Session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Operation = "UpdateItem",
            Where = _ =>
            {
                Session.Cloud.Dynamo.Find("freshTargets")!.Put(
                    $$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"t1"},"type":{"S":"sqs"},"destination":{"S":"arn:aws:sqs:us-east-1:123456789012:q{{{turn++}}}"},"active":{"BOOL":false}}""");
                return false;
            },
        });

        ErrorRecord error = Run($"Enable-FanOutTarget t1 {Source}").Error();

        Assert.Equal(("TargetBusy,FanOut.Commands.EnableFanOutTargetCommand", ErrorCategory.ResourceBusy), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Equal(10, turn);
    }

    [Fact]
    public void Two_targets_registered_at_once_both_have_their_permission()
    {
        // The first has read the table before the second one's target was there, and puts its policy after the second one's.
        Before("PutRolePolicy", () => Other($"Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:second {Source} -WarningAction Ignore").ThrowIfFailed());

        Register("t1");

        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:t1", Policy, StringComparison.Ordinal);
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:second", Policy, StringComparison.Ordinal);
    }

    private IReadOnlyList<JsonElement> Rows =>
        [.. Session.Cloud.Dynamo.Find("freshTargets")!.Items.Select(static i => JsonDocument.Parse(i.ToJsonString()).RootElement)];

    private void Register(string id, string more = "") =>
        Run($"Register-FanOutTarget sqs {id} arn:aws:sqs:us-east-1:123456789012:{id} {Source} -WarningAction Ignore {more}").ThrowIfFailed();

    private PowerShellResult Other(string script) => _other.Run($"$PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'fresh'; {script}");

    /// <summary>Lets something happen before the next call of an operation has its effect.</summary>
    private void Before(string operation, Action happens)
    {
        int calls = 0;
        Session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Operation = operation,
            Where = _ =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    happens();
                }

                return false;
            },
        });
    }
}
