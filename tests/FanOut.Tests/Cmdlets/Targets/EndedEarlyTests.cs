using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>A pipeline that ends before its end: what was registered by then has its permissions.</summary>
public sealed class EndedEarlyTests : Deployment.DeploymentTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:";
    private const string Registers = $"Register-FanOutTarget -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore";

    public EndedEarlyTests()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Forget();
    }

    [Theory]
    [InlineData($"'t1', 'none', 't2' | {Targets} | {Registers} -ErrorAction Stop")]
    [InlineData($"$ErrorActionPreference = 'Stop'; 't1', 'none', 't2' | {Targets} | {Registers}")]
    [InlineData($"& {{ 't1'; throw 'before' }} | {Targets} | {Registers}")]
    [InlineData($"'t1', 't2' | {Targets} | {Registers} | ForEach-Object {{ throw 'behind' }}")]
    [InlineData($"'t1', 't2' | {Targets} | {Registers} | Select-Object -First 1")]
    public void What_was_registered_has_its_permission(string script)
    {
        Run(script);

        Assert.Equal("t1", Run("Get-FanOutTarget").Property("Id"));
        Assert.Contains(Queue + "t1", Policy, StringComparison.Ordinal);
        Assert.Single(Session.Changes, "iam:PutRolePolicy");
    }

    [Fact]
    public void What_an_error_for_all_objects_leaves_without_permission_is_told()
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.ExpiredToken, Where = _ => Session.Cloud.Dynamo.Find("freshTargets")!.Items.Count > 0 });

        PowerShellResult result = Run($"'t1', 't2' | {Targets} | {Registers.Replace("Ignore", "Continue", StringComparison.Ordinal)}");

        Assert.StartsWith("CredentialsMissing,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, static w => w.Contains(Queue + "t1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_without_a_user_interface_is_no_error()
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "iam" });

        PowerShellResult result = Run($"'t1', 't2' | {Targets} | {Registers.Replace("Ignore", "Continue", StringComparison.Ordinal)} | Select-Object -First 1").ThrowIfFailed();

        Assert.Equal("t1", result.Property("Id"));
    }

    [Fact]
    public void Where_nothing_was_registered_nothing_is_looked_at()
    {
        Run($"'none' | {Targets} | {Registers} -ErrorAction Stop");

        Assert.DoesNotContain(Session.Calls, static c => c.StartsWith("iam:", StringComparison.Ordinal));
    }

    private const string Targets =
        $"ForEach-Object {{ [pscustomobject]@{{ Id = $_; Type = 'sqs'; Destination = if ($_ -eq 'none') {{ 'none' }} else {{ \"{Queue}$_\" }} }} }}";
}
