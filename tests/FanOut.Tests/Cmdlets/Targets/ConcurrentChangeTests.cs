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

    [Fact]
    public void A_target_registered_while_the_function_is_published_has_its_permission()
    {
        Register("t1");
        Run($"Unregister-FanOutTarget t1 {Source} -SkipPolicy -Confirm:$false -WarningAction Ignore").ThrowIfFailed();
        Before("UpdateFunctionConfiguration", () => Other($"Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:second {Source} -WarningAction Ignore").ThrowIfFailed());

        Run("Publish-FanOutFunction -MemorySize 256").ThrowIfFailed();

        Assert.DoesNotContain("arn:aws:sqs:us-east-1:123456789012:t1", Policy, StringComparison.Ordinal);
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:second", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_may_be_read_though_others_change_targets_while_it_is_connected()
    {
        Before("CreateEventSourceMapping", () => Other($"Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:second {Source} -WarningAction Ignore").ThrowIfFailed());

        Assert.Equal("Enabled", Run($"Connect-FanOutSource {Source} -Wait -WarningAction Ignore").Property("State"));

        Assert.Contains(CloudSession.Orders, Policy, StringComparison.Ordinal);
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:second", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_two_connect_at_once_is_connected_once()
    {
        Before("CreateEventSourceMapping", () => Other($"Connect-FanOutSource {Source} -WarningAction Ignore").ThrowIfFailed());

        Assert.Equal("Enabled", Run($"Connect-FanOutSource {Source} -Wait -WarningAction Ignore").Property("State"));

        Assert.Single(Session.Lambda.EventSourceMappings);
    }

    [Fact]
    public void Who_connects_a_source_otherwise_at_the_same_time_is_told_the_difference()
    {
        Before("CreateEventSourceMapping", () => Other($"Connect-FanOutSource {Source} -BatchSize 7 -WarningAction Ignore").ThrowIfFailed());

        Assert.Contains("BatchSize is 7, not 500", Run($"Connect-FanOutSource {Source} -WarningAction Ignore").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateTable")]
    [InlineData("CreateRole")]
    [InlineData("CreateLogGroup")]
    [InlineData("CreateFunction")]
    [InlineData("CreateAlias")]
    public void A_function_that_two_publish_at_once_is_published_once(string between)
    {
        string publish = $"Publish-FanOutFunction -FunctionName second -PackagePath '{PackagePath}' -SkipTest -Alias live";
        Before(between, () => Other(publish).ThrowIfFailed());

        Assert.Equal("Active", Run(publish).ThrowIfFailed().Property("State"));

        Session.Forget();
        Run(publish).ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Theory]
    [InlineData("DeleteEventSourceMapping")]
    [InlineData("Unsubscribe")]
    [InlineData("DeleteRolePolicy")]
    [InlineData("DeleteRole")]
    [InlineData("DeleteLogGroup")]
    [InlineData("UpdateTable")]
    [InlineData("DeleteTable")]
    [InlineData("DeleteFunction")]
    public void A_function_that_two_remove_at_once_is_gone(string between)
    {
        const string Remove = "Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false";
        Session.Cloud.Sns.CreateTopic("news");
        Run($"Connect-FanOutSource {Source} -WarningAction Ignore; Connect-FanOutSource news -WarningAction Ignore").ThrowIfFailed();
        Before(between, () => Other(Remove).ThrowIfFailed());

        Assert.Empty(Run(Remove).ThrowIfFailed().Warnings);

        Assert.Null(Session.Lambda.Find("fresh"));
        Assert.Null(Session.Cloud.Iam.Find("freshRole"));
        Assert.Null(Session.Cloud.Dynamo.Find("freshTargets"));
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
