using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets;

/// <summary>What <c>-WhatIf</c> shows; it goes to the host, so PowerShell runs as a program here.</summary>
public sealed class WhatIfTests
{
    [Fact]
    public async Task It_names_the_operation_and_its_target()
    {
        await using Cloud cloud = Cloud.Start();
        await using var lambda = new LambdaService(LambdaServiceOptions.Of(cloud));
        cloud.Add(lambda);
        lambda.Add("fanout", new RecordingFunction());
        cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        cloud.Kinesis.CreateStream("orders");

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'a'; '*-FanOut*:SecretKey' = 'b' }
            $source = @{ SourceArn = '{{CloudSession.Orders}}' }
            Connect-FanOutSource @source -WhatIf -WarningAction Ignore
            $null = Connect-FanOutSource @source -WarningAction Ignore
            Suspend-FanOutSource @source -WhatIf
            Disconnect-FanOutSource @source -WhatIf
            Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q @source -WhatIf
            """,
            TestContext.Current.CancellationToken);

        string[] shown = [.. output.Where(static l => l.StartsWith("What if: ", StringComparison.Ordinal))];
        Assert.Equal(4, shown.Length);
        Assert.All(shown, static l => Assert.Matches("^What if: Performing the operation \".+\" on target \".*arn:aws:kinesis:us-east-1:123456789012:stream/orders.*\"\\.$", l));
    }
}
