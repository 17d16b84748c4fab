using System.Management.Automation;
using FanOut.Aws.CloudWatch;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine.Metrics;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Metrics at moto's CloudWatch: put as the function puts them, got by the cmdlet.</summary>
public sealed class MetricTests(MotoServer moto)
{
    [Fact]
    public async Task What_was_put_is_got_period_by_period_and_what_was_not_is_zero()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "metrics");
        await LambdaFunction.CreateAsync(session.Api, "metrics");
        const string Queue = "arn:aws:sqs:us-east-1:123456789012:";
        session.Run($"'one', 'two' | ForEach-Object {{ Register-FanOutTarget sqs $_ {Queue}$_ -SourceArn $source -SkipPolicy }}").ThrowIfFailed();
        KeyValuePair<string, string>[] dimensions = [new("Source", session.Source), new("Destination", Queue + "one"), new("Function", "metrics")];
        using AmazonCloudWatchClient client = new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchClient.Service, session.Endpoint));
        foreach (int minutes in new[] { 3, 12 })
        {
            await client.PutMetricDataAsync(
                new()
                {
                    Namespace = MeasureBatch.Namespace,
                    Timestamp = TimeProvider.System.GetUtcNow().AddMinutes(-minutes),
                    MetricData = [new("Delivered", dimensions, "Count", 1, minutes, minutes, minutes), new("Records", dimensions, "Count", 2, 20, 8, 12), new("Duration", dimensions, "Milliseconds", 2, 50, 10, 40)],
                },
                TestContext.Current.CancellationToken);
        }

        IList<PSObject> metrics = session.Run("Get-FanOutTarget | Get-FanOutMetric -Last 900 -Period 300 | Sort-Object Id").ThrowIfFailed().Output;
        PSObject function = session.Run("Get-FanOutMetric -By Function").Only();

        Assert.Equal(["one 15 40 4 00:00:00.0250000", "two 0 0 0 "], metrics.Select(static m => string.Join(' ', new[] { "Id", "Delivered", "Records", "Batches", "Duration" }.Select(p => $"{m.Properties[p].Value}"))));
        Assert.Equal("3,12", string.Join(',', ((System.Collections.IEnumerable)metrics[0].Properties["Points"].Value).Cast<object>()
            .Select(static p => $"{PSObject.AsPSObject(p).Properties["Delivered"].Value}").Where(static d => d != "0").Reverse()));
        Assert.Equal("15", $"{function.Properties["Delivered"].Value}");
    }
}
