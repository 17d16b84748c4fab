using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FanOut.Aws.CloudWatch;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>The alarms ask for what the function tells.</summary>
public sealed partial class TemplateAlarmTests : TemplateTests
{
    [Fact]
    public void They_ask_for_metrics_with_the_names_and_dimensions_that_the_function_tells()
    {
        HashSet<(string, string)> told = [.. Told().Select(static d => (d.MetricName, string.Join(' ', d.Dimensions.Select(static x => x.Key).Order(StringComparer.Ordinal))))];

        MatchCollection asked = Query().Matches(string.Concat(OfType(Template(), "AWS::CloudWatch::Alarm").Select(static a => $"{a["Properties"]!["Metrics"]?[0]!["Expression"]}\n")));

        Assert.Equal(["DeadLettered", "Failed", "InvalidMappings"], asked.Select(static a => a.Groups["metric"].Value).Order(StringComparer.Ordinal));
        Assert.All(asked, a =>
        {
            Assert.Equal((MeasureBatch.Namespace, "fresh"), (a.Groups["namespace"].Value, a.Groups["function"].Value));
            Assert.Contains((a.Groups["metric"].Value, string.Join(' ', a.Groups["dimensions"].Value.Split(", ").Order(StringComparer.Ordinal))), told);
        });
    }

    [Fact]
    public void A_stream_has_one_on_the_age_of_its_records_well_before_they_are_dropped()
    {
        JsonObject template = Template("Export-FanOutTemplate -Source orders -MaximumRecordAge 600 -MaximumRetryAttempts -1");

        Assert.Equal("300000", $"{template["Parameters"]!["IteratorAgeThreshold"]!["Default"]}");
        JsonObject alarm = Properties(template, "AlarmIteratorAge");
        Assert.Equal(("AWS/Lambda", "IteratorAge", "Maximum"), ($"{alarm["Namespace"]}", $"{alarm["MetricName"]}", $"{alarm["Statistic"]}"));
        Assert.Equal("3600000", $"{Template("Export-FanOutTemplate -Source orders -MaximumRecordAge -1 -MaximumRetryAttempts -1")["Parameters"]!["IteratorAgeThreshold"]!["Default"]}");
    }

    [Theory]
    [InlineData("-SkipAlarm", 0)]
    [InlineData("-Metrics none", 1)]
    [InlineData("-Metrics cloudwatch", 4)]
    public void There_are_none_on_what_is_not_told_or_not_wanted(string parameters, int count)
    {
        JsonObject template = Template($"Export-FanOutTemplate -Source orders {parameters}");

        Assert.Equal(count, OfType(template, "AWS::CloudWatch::Alarm").Length);
        Assert.Equal(count > 0, template["Parameters"]!["AlarmTopicArn"] is not null);
        Assert.Equal(count > 0, template["Conditions"]!["HasAlarmTopic"] is not null);
    }

    // Of a batch with a record in a dead letter and a mapping that is not valid.
    private static IReadOnlyList<MetricDatum> Told()
    {
        var failure = new Failure(FailureClass.PermanentItem, "c", "r");
        Outcome outcome = Outcome.WithoutBatch(TestTargets.Mapping(TargetType.Kinesis), 1, null, failure);
        outcome.Bury(new Undelivered(0, null, failure, Attempts.None));
        var group = new RecordGroup(TestPayloads.Source, SourceKind.Kinesis, [new StreamRecord()]);
        return MeasureBatch.Of(new DispatchResult([new GroupResult(group, [outcome], [new InvalidMapping(TestPayloads.Source, "m", "r", true)], null)]), "fresh");
    }

    [GeneratedRegex("""SELECT SUM\((?<metric>\w+)\) FROM SCHEMA\("(?<namespace>[^"]+)", (?<dimensions>[\w, ]+)\) WHERE Function = '(?<function>[^']+)'""")]
    private static partial Regex Query();
}
