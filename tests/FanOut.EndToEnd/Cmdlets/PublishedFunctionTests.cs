using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>What the cmdlets publish runs, under the policies that they give it.</summary>
public sealed class PublishedFunctionTests : IAsyncDisposable
{
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Connect = $"Connect-FanOutSource -SourceArn {Stream} -StartingPosition TrimHorizon -MaximumRetryAttempts -1 -MaximumRecordAge -1 -Wait";

    private readonly Cloud _cloud = Cloud.Start(new CloudOptions { EnforcePolicies = true });
    private readonly LambdaService _lambda;
    private readonly PowerShellSession _shell = new();

    public PublishedFunctionTests()
    {
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud) with { RetryBaseDelay = TimeSpan.FromMilliseconds(10) });
        _cloud.Add(_lambda);
        _shell.CallAt(_cloud.Endpoint, "AKIATESTSOFFANOUT000", "test");
        _shell.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Checkout.Built("FanOut.Quickstart", "fanout-dotnet10.zip")}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:Runtime'] = 'dotnet10'
            """).ThrowIfFailed();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Alias live")]
    public void It_is_told_that_it_runs(string parameters)
    {
        PowerShellResult result = _shell.Run($"Publish-FanOutFunction {parameters} -Verbose").ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Contains($"The function fanout runs: FanOut {typeof(Cloud).Assembly.GetName().Version!.ToString(3)}.", result.Verbose);
        Assert.Single(_cloud.Calls, static c => c.Operation == "Invoke");
    }

    [Fact]
    public async Task A_version_answers_which_records_failed()
    {
        var stream = _cloud.Kinesis.CreateStream("orders");
        _cloud.Sqs.CreateQueue("orders");
        foreach (string record in new[] { "one", "two", "three" })
        {
            stream.Put("k", System.Text.Encoding.UTF8.GetBytes($"{{\"is\":\"{record}\"}}"));
        }

        _shell.Run($"Publish-FanOutFunction -Alias live; Register-FanOutTarget sqs q orders -SourceArn {Stream} -Collapse none -Enabled").ThrowIfFailed();
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "sqs", Positions = [1], Permanent = true, Times = 1 });
        PowerShellResult connected = _shell.Run($"{Connect} -FunctionName fanout:live").ThrowIfFailed();

        Assert.Empty(connected.Warnings);
        await _cloud.Sqs.Received.WaitForAsync(static all => all.Any(static a => a.Text.Contains("two", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        await Assert.Single(_lambda.EventSourceMappings).Value.WhenIdleAsync(TestContext.Current.CancellationToken);

        // The records before the one that failed are not sent again; without the answer the whole batch would be.
        Assert.Single(_cloud.Sqs.Received, static a => a.Text.Contains("one", StringComparison.Ordinal));
        Assert.Empty(_lambda.Discarded);
    }

    [Fact]
    public async Task A_record_reaches_two_hundred_queues_whose_permissions_need_several_policies()
    {
        const string Name = "a-queue-whose-name-tells-what-it-is-for-at-some-length-";
        var stream = _cloud.Kinesis.CreateStream("orders");
        for (int i = 1; i <= 200; i++)
        {
            _cloud.Sqs.CreateQueue($"{Name}{i}");
        }

        _shell.Run($$"""
            Publish-FanOutFunction
            {{Connect}}
            1..200 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:123456789012:{{Name}}$_"; SourceArn = '{{Stream}}' } } | Register-FanOutTarget -Enabled
            """).ThrowIfFailed();
        Assert.Equal(2, _cloud.Iam.Find("fanoutRole")!.AttachedPolicies.Count);
        stream.Put("k", "{\"n\":1}"u8.ToArray());

        await _cloud.Sqs.Received.WaitForAsync(static all => all.Count >= 200, TestContext.Current.CancellationToken);
        Assert.All(Enumerable.Range(1, 200), i => Assert.Single(_cloud.Sqs.Received, a => a.IsFor($"{Name}{i}")));
        Assert.DoesNotContain(_cloud.AccessChecks, static c => c.Decision != LocalCloud.Policies.AccessDecision.Allowed);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _lambda.DisposeAsync();
        await _cloud.DisposeAsync();
    }
}
