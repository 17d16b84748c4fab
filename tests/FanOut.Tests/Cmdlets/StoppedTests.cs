using System.Text;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets;

/// <summary>What the user sees after Ctrl+C: nobody gets the objects of a command that was stopped.</summary>
public sealed class StoppedTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public StoppedTests()
    {
        _session.Cloud.Sqs.CreateQueue("audit");
        _session.Cloud.Sqs.CreateQueue("failed");
        _session.Register("audit", "-Collapse none -Enabled");
        for (int n = 1; n <= 30; n++)
        {
            _session.Cloud.Kinesis.Find("orders")!.Put($"key {n}", Encoding.UTF8.GetBytes($"{n}"));
            _session.Cloud.Sqs.Send("failed", $$"""{"version":1,"mappingId":"audit","sourceArn":"{{CloudSession.Orders}}","sequenceNumber":"{{n}}","partitionKey":"k","class":"Refused","data":"MQ=="}""");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Invoke-FanOutReplay audit -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders -From TrimHorizon -MaxRecordsPerSecond 5 -Checkpoint CHECKPOINT", "SendMessageBatch",
        @"^WARNING: Stopped\. (5|10) records of arn:aws:kinesis\S+ are settled; 0 of 1 shards done: (5|10) delivered\. To go on, run the same command again: \S+replay\.json has how far it is\.")]
    [InlineData("Invoke-FanOutReplay audit -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders -From TrimHorizon -MaxRecordsPerSecond 5", "SendMessageBatch",
        @"^WARNING: Stopped\. .* Without -Checkpoint nobody knows how far each shard is: the same command begins anew, and sends again what was sent\.")]
    [InlineData("Resume-FanOutDeadLetter failed -MaxRecordsPerSecond 5", "DeleteMessageBatch",
        @"^WARNING: Stopped\. (5|10) letters of \S+failed were delivered and removed; all others are still there\. To go on, run the same command again\.")]
    [InlineData("Resume-FanOutDeadLetter failed -MaxRecordsPerSecond 5", "SendMessageBatch",
        @"^WARNING: Stopped\. 5 letters of \S+failed were delivered and removed; all others are still there\. To go on, run the same command again\.", true)]
    [InlineData("Sync-FanOutTarget STATE -SkipPolicy -Confirm:$false -WarningAction Continue", "TransactWriteItems",
        @"^WARNING: Stopped\. 100 of 120 changes of fanout were made, and what was under way may have been\. The same command makes those that are lacking\.", true)]
    public async Task What_was_done_is_told_and_how_to_go_on(string command, string operation, string words, bool isUnderWay = false)
    {
        int calls = 0;
        string sign = Path.Join(_folder.Path, "now");
        _session.Cloud.Faults.Add(new Fault
        {
            Kind = isUnderWay ? FaultKind.Hang : FaultKind.Throttle,
            Operation = operation,
            Where = _ =>
            {
                int call = Interlocked.Increment(ref calls);
                if (call == 2)
                {
                    File.WriteAllText(sign, "");
                }

                return isUnderWay && call > 1;
            },
        });

        string state = Path.Join(_folder.Path, "state.json");
        IEnumerable<string> targets = Enumerable.Range(1, 120).Select(static n => $$"""{"Id":"t{{n}}","Type":"sqs","Destination":"arn:aws:sqs:us-east-1:123456789012:q{{n}}","SourceArn":"{{CloudSession.Orders}}"}""");
        File.WriteAllText(state, $$"""{"Targets":[{{string.Join(',', targets)}}]}""");
        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            $runspace = [runspacefactory]::CreateRunspace($Host)
            $runspace.Open()
            $session = [powershell]::Create($runspace)
            $null = $session.AddScript(@'
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{_session.Cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'a'; '*-FanOut*:SecretKey' = 'b' }
            $ProgressPreference = 'SilentlyContinue'
            {{command.Replace("STATE", $"'{state}'", StringComparison.Ordinal).Replace("CHECKPOINT", $"'{Path.Join(_folder.Path, "replay.json")}'", StringComparison.Ordinal)}}
            '@).BeginInvoke()
            while (-not (Test-Path '{{sign}}')) { Start-Sleep -Milliseconds 50 }
            $session.Stop()
            $runspace.Dispose()
            """,
            TestContext.Current.CancellationToken);

        Assert.Matches(words, Assert.Single(output));
    }
}
