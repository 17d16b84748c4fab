using System.Diagnostics;
using System.Globalization;
using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Kinesis;

namespace FanOut.Benchmarks.Replays;

/// <summary>
/// Replays a stream of LocalCloud to another one by Invoke-FanOutReplay, in a PowerShell of its own, and says how fast it was and how much memory that PowerShell
/// took. LocalCloud is in this process, whose share of the processor time is told beside it.
/// </summary>
/// <param name="records">How many records.</param>
/// <param name="bytes">How many bytes each has.</param>
/// <param name="shards">How many shards the stream has.</param>
internal sealed class ReplayMeasurement(int records, int bytes, int shards)
{
    /// <summary>Does it.</summary>
    /// <returns>Whether all records arrived.</returns>
    public async Task<bool> RunAsync(TextWriter output)
    {
        await using Cloud cloud = Cloud.Start();
        KinesisStream source = cloud.Kinesis.CreateStream("orders", shards);
        KinesisStream copy = cloud.Kinesis.CreateStream("copy", shards);
        cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id").Put(
            $$$"""{"sourceArn":{"S":"{{{source.Arn}}}"},"id":{"S":"copy"},"type":{"S":"kinesis"},"destination":{"S":"{{{copy.Arn}}}"},"active":{"BOOL":true},"parallel":{"BOOL":true},"collapse":{"S":"none"}}""");
        byte[] data = Encoding.ASCII.GetBytes($$"""{"id":1234567890,"text":"{{new string('x', bytes)}}"}""")[..bytes];
        for (int i = 0; i < records; i++)
        {
            source.Put(i.ToString(CultureInfo.InvariantCulture), data);
        }

        using Process own = Process.GetCurrentProcess();
        TimeSpan before = own.TotalProcessorTime;
        string script = $$"""
            Import-Module '{{Path.Join(Checkout.Root, "FanOut.psd1")}}'
            $replay = Invoke-FanOutReplay copy -SourceArn {{source.Arn}} -From TrimHorizon -Checkpoint ([IO.Path]::GetTempFileName() + '.json') -EndpointUrl {{cloud.Endpoint}} -Region us-east-1 -AccessKey AKIATESTSOFFANOUT000 -SecretKey secret
            $process = [Diagnostics.Process]::GetCurrentProcess()
            "$($replay.State), $($replay.Records) records in $($replay.Duration.TotalSeconds.ToString('F1')) s: $($replay.RecordsPerSecond) a second"
            "PowerShell: at most $([int]($process.PeakWorkingSet64 / 1MB)) MB, $($process.TotalProcessorTime.TotalSeconds.ToString('F1')) s of the processor"
            """;
        ProgramRun run = await PwshRun.OfAsync(PwshRun.Tool, ["-Command", script], CancellationToken.None);
        own.Refresh();
        await output.WriteLineAsync(run.Text.TrimEnd());
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"LocalCloud: {(own.TotalProcessorTime - before).TotalSeconds:F1} s of the processor; {records:N0} records of {bytes} bytes, {shards} shards, {Environment.ProcessorCount} processors; {copy.Shards.Sum(static s => s.Records.Count):N0} arrived"));
        return run.ExitCode == 0 && copy.Shards.Sum(static s => s.Records.Count) == records;
    }
}
