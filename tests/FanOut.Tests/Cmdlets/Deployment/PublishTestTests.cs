using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>Publish-FanOutFunction invokes the function once, and says whether it runs.</summary>
public sealed class PublishTestTests : DeploymentTests
{
    public PublishTestTests() => Run("$PSDefaultParameterValues.Remove('Publish-FanOutFunction:SkipTest')").ThrowIfFailed();

    private IReadOnlyList<string> Invocations => [.. Session.Calls.Where(static c => c == "lambda:Invoke")];

    [Fact]
    public void A_function_that_is_published_and_does_not_run_is_an_error()
    {
        PowerShellResult result = Run("Publish-FanOutFunction");

        ErrorRecord error = result.Error();
        Assert.StartsWith("FunctionTestFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("The function fresh in us-east-1 is published, but does not run: Runtime.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Get-FanOutLog -FunctionName 'fresh' -Region us-east-1", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("The function does not run: Runtime.", ((string[])Assert.Single(result.Output).Properties["Problems"].Value)[0], StringComparison.Ordinal);

        // Nothing is left to change, and yet it does not run.
        Assert.StartsWith("FunctionTestFailed,", Run("Publish-FanOutFunction").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-SkipTest")]
    [InlineData("-Wait:$false")]
    [InlineData("-WhatIf")]
    public void It_is_not_invoked_with(string parameter)
    {
        Run($"Publish-FanOutFunction {parameter}").ThrowIfFailed();
        Assert.Empty(Invocations);
        Run("Publish-FanOutFunction -SkipTest").ThrowIfFailed();
        Run($"Publish-FanOutFunction {parameter}").ThrowIfFailed();
        Assert.Empty(Invocations);
    }

    [Theory]
    [InlineData(403, "AccessDeniedException", "it may not be invoked as access key AKIATESTSOFFANOUT000 (lambda:InvokeFunction): ")]
    [InlineData(429, "TooManyRequestsException", "it has no concurrency left: ")]
    public void What_could_not_be_tested_is_a_warning(int status, string code, string why)
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Service = "lambda", Operation = "Invoke", Status = status, Code = code });

        PowerShellResult result = Run("Publish-FanOutFunction").ThrowIfFailed();

        Assert.StartsWith($"Whether the function fresh runs was not tested, because {why}", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("run", (string)result.Only().Properties["Status"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Lambda_cannot_start_is_an_error()
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Service = "lambda", Operation = "Invoke", Status = 502, Code = "KMSDisabledException" });

        Assert.Contains("does not run: KMSDisabledException: ", Run("Publish-FanOutFunction").Error().Exception.Message, StringComparison.Ordinal);
    }
}
