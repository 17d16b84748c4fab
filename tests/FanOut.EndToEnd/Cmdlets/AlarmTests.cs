using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Alarms at moto's CloudWatch.</summary>
public sealed class AlarmTests(MotoServer moto)
{
    [Fact]
    public async Task They_are_made_kept_changed_and_removed()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "alarms");
        await LambdaFunction.CreateAsync(session.Api, "alarms");
        await session.Api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "operations"));
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dropped" });
        session.Run("Connect-FanOutSource -SourceArn $source -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped -Wait -SkipPolicy").ThrowIfFailed();

        session.Run("Publish-FanOutAlarm -Topic operations -Tag @{ team = 'data' }").ThrowIfFailed();
        JsonArray made = await AlarmsAsync(session);
        Assert.Equal(["FanOut-alarms-DeadLettered", "FanOut-alarms-Failed", "FanOut-alarms-InvalidMappings", "FanOut-alarms-IteratorAge"], made.Select(static a => (string)a!["AlarmName"]!).Order(StringComparer.Ordinal));
        Assert.All(made, static a => Assert.Equal(("arn:aws:sns:us-east-1:123456789012:operations", "notBreaching", "GreaterThanThreshold"), ((string)a!["AlarmActions"]![0]!, (string)a["TreatMissingData"]!, (string)a["ComparisonOperator"]!)));
        JsonNode tags = await session.Api.JsonAsync("monitoring", "GraniteServiceVersion20100801.ListTagsForResource", new() { ["ResourceARN"] = (string)made[0]!["AlarmArn"]! });
        Assert.Equal(["fanout:function=alarms", "team=data"], tags["Tags"]!.AsArray().Select(static t => $"{t!["Key"]}={t["Value"]}").Order(StringComparer.Ordinal));

        // moto tells every alarm as it was put: nothing is left to do.
        Assert.Empty(session.Run("Publish-FanOutAlarm -Topic operations -WhatIf -Verbose 4>&1 | Where-Object { \"$_\" -match 'PutMetricAlarm|TagResource' }").ThrowIfFailed().Output);
        Assert.Contains("nothing is changed", string.Join('\n', session.Run("Publish-FanOutAlarm -Verbose").ThrowIfFailed().Verbose), StringComparison.Ordinal);

        Assert.Equal("7", session.Run("Publish-FanOutAlarm -FailedThreshold 7 -PassThru | Where-Object Metric -eq Failed").Property("Threshold")!.ToString());
        session.Run("Publish-FanOutAlarm -Remove").ThrowIfFailed();
        Assert.Empty(await AlarmsAsync(session));
    }

    private static async Task<JsonArray> AlarmsAsync(MotoSession session) =>
        (await session.Api.JsonAsync("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", new() { ["AlarmNamePrefix"] = "FanOut-alarms-" }))["MetricAlarms"]!.AsArray();
}
