using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>What AWS would refuse half way, when table, role and log group are made, is refused before anything is made.</summary>
public sealed class RefusedSettingsTests : DeploymentTests
{
    [Theory]
    [InlineData("-Environment @{ AWS_REGION = 'eu-west-1' }", "which Lambda sets by itself")]
    [InlineData("-Environment @{ LAMBDA_TASK_ROOT = $null }", "which Lambda sets by itself")]
    [InlineData("-Environment @{ '1x y' = 'a' }", "-Environment has '1x y': a variable's name begins with a letter")]
    [InlineData("-Environment @{ X = 'a' }", "at least two letters")]
    [InlineData("-Environment @{ LONG = 'ä' * 3000 }", "bytes together, and Lambda takes 4,096")]
    [InlineData("-Environment @{ AWS_ENDPOINT_URL_SQS = 'localhost:4566' }", "which is 'localhost:4566' and not the URL of an endpoint")]
    [InlineData("-Alias 'a b'", "-Alias 'a b' is not a name for an alias")]
    [InlineData("-Alias 12", "not only digits")]
    [InlineData("-Role 'a b'", "-Role 'a b' is not the name or ARN of a role")]
    [InlineData("-Role /team/fanout", "and no path")]
    [InlineData("-FunctionName aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "-Role is missing: 'aaaa")]
    [InlineData("-Tag @{ 'aws:team' = 'data' }", "AWS keeps keys for itself")]
    [InlineData("-Tag @{ 'fanout:function' = 'another' }", "how this module recognizes what it made")]
    [InlineData("-Tag @{ 'team!' = 'data' }", "-Tag has 'team!': keys and values may have letters")]
    [InlineData("-Tag @{ team = 'a' * 257 }", "its value has 257 characters, and may have 256")]
    [InlineData("-Tag @{ ('k' * 129) = 'a' }", "a key has up to 128 characters")]
    [InlineData("-Tag (& { $t = @{}; 1..49 | ForEach-Object { $t[\"k$_\"] = 'v' }; $t })", "has 49 tags; up to 47 are possible")]
    [InlineData("-Subnet orders -SecurityGroup sg-1", "-Subnet 'orders' is not an id, such as subnet-")]
    [InlineData("-Subnet subnet-1 -SecurityGroup default", "-SecurityGroup 'default' is not an id, such as sg-")]
    public void Is_an_error_that_says_what_is_allowed(string parameters, string problem)
    {
        ErrorRecord error = Run($"Publish-FanOutFunction {parameters}").Error();

        Assert.Contains(problem, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
        Assert.Contains(problem, Run($"Publish-FanOutFunction {parameters} -WhatIf").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_and_variables_up_to_the_limits_are_taken()
    {
        Run("Publish-FanOutFunction -Tag @{ 'team: _.:/=+-@ä' = 'a' * 256; empty = $null } -Environment @{ LONG = 'a' * 3900 } -Alias live-1").ThrowIfFailed();

        Session.Forget();
        Run("Publish-FanOutFunction -Environment @{ MORE = 'a' * 200 }").Error();
        Assert.Empty(Session.Changes);
        Run("Publish-FanOutFunction -Environment @{ MORE = 'a' * 200; LONG = $null }").ThrowIfFailed();
    }

    [Fact]
    public void A_role_that_cannot_be_assumed_is_named_with_what_to_look_at()
    {
        ErrorRecord error = Run("Publish-FanOutFunction -Role arn:aws:iam::123456789012:role/absent -WaitTimeout 1").Error();

        Assert.StartsWith("RoleUnusable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("The function fresh cannot run with the role arn:aws:iam::123456789012:role/absent: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Get-FanOutPolicy", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
