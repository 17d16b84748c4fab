using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>
/// Resume-FanOutDeadLetter in two processes at a time, killed at random moments, while target and dead letter fail at random: no record is lost, and every letter
/// is either still there or its record has arrived.
/// </summary>
public sealed class KilledResumeTests : IAsyncDisposable
{
    private const int Records = 240, Kills = 4;

    private readonly CloudSession _session = new();
    private readonly Random _random = new(17);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("failed")]
    [InlineData("s3://letters/mine")]
    public async Task Nothing_is_lost_and_in_the_end_no_letter_is_left(string place)
    {
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.Sqs.CreateQueue("failed");
        _session.Cloud.S3.CreateBucket("letters");
        _session.Register("archive", "-Collapse none -Enabled");
        foreach (int[] some in Enumerable.Range(1, Records).Chunk(30))
        {
            foreach (int i in place == "failed" ? some : [])
            {
                _session.Cloud.Sqs.Send("failed", Letter(i));
            }

            if (place != "failed")
            {
                _session.Cloud.S3.Put("letters", $"mine/archive/{some[0]:D4}.ndjson", string.Concat(some.Select(static i => Letter(i) + "\n")));
            }
        }

        foreach (string operation in new[] { "SendMessageBatch", "DeleteMessageBatch", "PutObject", "DeleteObject" })
        {
            // The call has had its effect, and nobody is told; it is refused; it fails.
            _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.CloseBeforeAnswer, Moment = FaultMoment.After, Operation = operation, Probability = 0.1 });
            _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.ServerError, Operation = operation, Probability = 0.1 });
        }

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Operation = "SendMessageBatch", Probability = 0.3, ItemProbability = 0.3 });
        for (int kill = 0; kill < Kills; kill++)
        {
            await KillTwoAsync(place);
            AssertNothingLost();
        }

        _session.Cloud.Faults.Clear();
        await WaitUntilVisibleAsync();
        _session.Run($"Resume-FanOutDeadLetter {place}").ThrowIfFailed();

        AssertNothingLost();
        Assert.Empty(Letters());
        Assert.Equal(Enumerable.Range(1, Records), Arrived().Distinct().Order());

        // What may repeat are the records of a call at each of the lost answers and kills, not all of them.
        int repeats = Arrived().Count - Records;
        TestContext.Current.TestOutputHelper?.WriteLine($"{repeats} repeats");
        Assert.InRange(repeats, 0, Records * Kills);
    }

    // The first is killed some time after it has begun to send, the second together with it.
    private async Task KillTwoAsync(string place)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        string script = $$"""
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{_session.Cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'a'; '*-FanOut*:SecretKey' = 'b' }
            Resume-FanOutDeadLetter {{place}} -MaxRecordsPerSecond 60 -VisibilityTimeout 2
            """;
        int sends = _session.Cloud.Calls.Count(static c => c.Operation == "SendMessageBatch") + 1 + _random.Next(8);
        Task[] both = [.. Enumerable.Range(0, 2).Select(_ => PwshProcess.RunAsync(["-Command", script], kill.Token))];
        Task ended = Task.WhenAll(both);
        while (!ended.IsCompleted && _session.Cloud.Calls.Count(static c => c.Operation == "SendMessageBatch") < sends)
        {
            await Task.WhenAny(ended, _session.Cloud.Calls.WaitForAsync(_session.Cloud.Calls.Count + 1, TestContext.Current.CancellationToken));
        }

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended.ContinueWith(t => t.IsCompletedSuccessfully ? throw new OperationCanceledException() : t, TaskScheduler.Default).Unwrap());
    }

    // Killed processes give nothing back: the queue does, after two seconds.
    private async Task WaitUntilVisibleAsync()
    {
        while (_session.Run("(Get-FanOutDeadLetter failed | Measure-Object).Count").Output[0].BaseObject is int seen && seen < _session.Cloud.Sqs.Find("failed")!.Messages.Count)
        {
            await Task.Yield();
        }
    }

    private void AssertNothingLost() =>
        Assert.Empty(Enumerable.Range(1, Records).Except(Letters().Concat(Arrived())));

    private List<int> Letters() =>
        [.. _session.Cloud.Sqs.Find("failed")!.Messages.Select(static m => m.Body).Concat(_session.Cloud.S3.Find("letters")!.Objects.SelectMany(static o => o.Lines))
            .Select(static l => int.Parse(JsonDocument.Parse(l).RootElement.GetProperty("sequenceNumber").GetString()!, CultureInfo.InvariantCulture) - 1_000)];

    private List<int> Arrived() => [.. _session.Cloud.Sqs.Find("archive")!.Messages.Select(static m => JsonDocument.Parse(m.Body).RootElement.GetProperty("id").GetInt32())];

    private static string Letter(int id) =>
        $$"""{"version":1,"mappingId":"archive","type":"sqs","destination":"archive","sourceArn":"{{CloudSession.Orders}}","shardId":"shardId-000000000000","sequenceNumber":"{{1_000 + id}}","partitionKey":"k{{id % 7}}","class":"Refused","code":"x","reason":"x","attempts":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"id\":{id}}}"))}}"}""";
}
