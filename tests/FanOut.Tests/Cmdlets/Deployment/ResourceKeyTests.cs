using System.Text.Json;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>Keys of AWS KMS that were given stay in the policy of the function's role.</summary>
public sealed class ResourceKeyTests : DeploymentTests
{
    private const string One = "arn:aws:kms:us-east-1:123456789012:key/1", Two = "arn:aws:kms:us-east-1:123456789012:key/2";

    private IEnumerable<string> Keys => Session.Cloud.Iam.Find("freshRole")!.InlinePolicies.Values.Concat(Session.Cloud.Iam.Policies.Select(static p => p.Document)).SelectMany(KeysIn);

    [Fact]
    public void A_key_that_was_given_is_kept_until_others_are()
    {
        Run($"Publish-FanOutFunction -ResourceKmsKeyArn {One}, {Two}").ThrowIfFailed();
        Assert.Equal([One, Two], Keys);

        Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:orders -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();
        Run("Get-FanOutTarget t1 | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();
        Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal([One, Two], Keys);

        Session.Forget();
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Run($"Publish-FanOutFunction -ResourceKmsKeyArn '{Two},{One}'").ThrowIfFailed();
        Assert.Empty(Session.Changes);

        Run($"Publish-FanOutFunction -ResourceKmsKeyArn {Two}").ThrowIfFailed();
        Assert.Equal([Two], Keys);
        Run("Publish-FanOutFunction -ResourceKmsKeyArn @()").ThrowIfFailed();
        Assert.Empty(Keys);
    }

    [Fact]
    public void A_key_of_Get_FanOutPolicy_that_was_put_by_hand_is_kept_too()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        string policy = $"{Run($"(Get-FanOutPolicy -PolicyType ExecutionRole -KmsKeyArn {One}).Document").Only()}";
        Session.Cloud.Iam.Find("freshRole")!.PutPolicy("FanOut-fresh", policy);

        Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:orders -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();

        Assert.Equal([One], Keys);
    }

    [Fact]
    public void A_key_in_a_managed_policy_is_kept_too()
    {
        Run($"Publish-FanOutFunction -ResourceKmsKeyArn {One}").ThrowIfFailed();
        string queue = $"arn:aws:sqs:us-east-1:123456789012:a-queue-whose-name-tells-what-it-is-for-at-some-length-";
        Run($$"""1..200 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "{{queue}}$_" } } | Register-FanOutTarget -SourceArn {{CloudSession.Orders}} -WarningAction Ignore""").ThrowIfFailed();
        Assert.Empty(KeysIn(Policy));
        Assert.Equal([One], Keys);

        Run($"Register-FanOutTarget sqs t201 {queue}201 -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal([One], Keys);
        Session.Forget();
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void What_may_not_be_looked_at_is_warned_of_as_it_may_be_encrypted()
    {
        Session.Cloud.Sqs.CreateQueue("orders");
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        string register = $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:orders -SourceArn {CloudSession.Orders} -Enabled";
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Operation = "GetQueueAttributes", Times = 1 });

        string warning = Assert.Single(Run(register).ThrowIfFailed().Warnings);
        Assert.StartsWith("Whether these are encrypted with keys of their own may not be looked at as ", warning, StringComparison.Ordinal);
        Assert.Contains(": arn:aws:sqs:us-east-1:123456789012:orders. ", warning, StringComparison.Ordinal);

        Run("Get-FanOutTarget t1 | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();
        Assert.Empty(Run(register).ThrowIfFailed().Warnings);
    }

    [Theory]
    [InlineData("alias/data")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:alias/data")]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab")]
    public void What_is_no_ARN_of_a_key_is_refused_before_any_call(string key)
    {
        Session.Forget();

        Assert.Contains($"'{key}' is not the ARN of a key", Run($"Publish-FanOutFunction -ResourceKmsKeyArn {key}").Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Calls);
    }

    private static IEnumerable<string> KeysIn(string policy)
    {
        using var json = JsonDocument.Parse(policy);
        return [.. json.RootElement.GetProperty("Statement").EnumerateArray().Where(static s => s.GetProperty("Sid").GetString() == "UseKeys")
            .SelectMany(static s => s.GetProperty("Resource").EnumerateArray()).Select(static r => r.GetString()!)];
    }
}
