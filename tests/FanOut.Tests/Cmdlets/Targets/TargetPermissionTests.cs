namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>The function's role has what a target needs as soon as the target is changed.</summary>
public sealed class TargetPermissionTests : Deployment.DeploymentTests
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3";

    [Fact]
    public void A_secret_that_is_given_later_may_be_read_until_it_is_taken_off()
    {
        Run($"Publish-FanOutFunction; Register-FanOutTarget http hook https://api.example.com/orders {Source} -WarningAction Ignore").ThrowIfFailed();
        Assert.DoesNotContain("secretsmanager", Policy, StringComparison.Ordinal);

        Run($"Set-FanOutTarget hook {Source} -HeadersSecret {Secret}").ThrowIfFailed();
        Assert.Contains(Secret, Policy, StringComparison.Ordinal);

        Run($"Set-FanOutTarget hook {Source} -HeadersSecret $null").ThrowIfFailed();
        Assert.DoesNotContain("secretsmanager", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_index_may_be_written_and_a_switch_asks_nothing_of_IAM()
    {
        Run($"Publish-FanOutFunction; Register-FanOutTarget es find search-orders-abc.us-east-1.es.amazonaws.com#orders {Source} -WarningAction Ignore").ThrowIfFailed();

        Run($"Set-FanOutTarget find {Source} -Index bills").ThrowIfFailed();
        Assert.Contains("/bills/_bulk", Policy, StringComparison.Ordinal);

        Session.Forget();
        Run($"Enable-FanOutTarget find {Source}; Set-FanOutTarget find {Source} -MaxItemBytes 1000").ThrowIfFailed();
        Assert.DoesNotContain(Session.Calls, static c => c.StartsWith("iam:", StringComparison.Ordinal));
    }
}
