using System.Text.Json.Nodes;
using FanOut.Engine.Metrics;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>Alarms on what needs somebody: records that failed or went to a dead letter, mappings that are invalid, and a function that is behind.</summary>
/// <remarks>
/// The function's metrics are told by source and destination, and both come and go: so an alarm asks by a query of CloudWatch Metrics Insights for all of the
/// function's (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html), as
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html takes it.
/// </remarks>
internal static class AlarmResources
{
    private const string BySource = "Source, Function", ByDestination = "Source, Destination, Function";

    /// <summary>The alarms; none on metrics that the function does not have.</summary>
    /// <param name="stack">The function.</param>
    /// <param name="hasMetrics">Whether it tells metrics of its own.</param>
    public static IEnumerable<TemplateResource> Of(FunctionStack stack, bool hasMetrics)
    {
        if (hasMetrics)
        {
            yield return OnMetric(stack, "Failed", ByDestination, "Records were not delivered, and not put into a dead letter: they come again, or are dropped");
            yield return OnMetric(stack, "DeadLettered", ByDestination, "Records that could not be delivered were put into a dead letter");
            yield return OnMetric(stack, "InvalidMappings", BySource, "An active mapping is not valid: the records of its source fail until it is mended");
        }

        if (stack.Connections.Streams.Count > 0)
        {
            yield return OnAge(stack);
        }
    }

    private static TemplateResource OnMetric(FunctionStack stack, string metric, string dimensions, string what) => Alarm(stack, metric, what,
    [
        ("Metrics", new JsonArray(Object(
            ("Id", "all"),
            ("Label", metric),
            ("Expression", $"SELECT SUM({metric}) FROM SCHEMA(\"{MeasureBatch.Namespace}\", {dimensions}) WHERE Function = '{stack.Name}'"),
            ("Period", 60),
            ("ReturnData", true)))),
        ("Threshold", 0),
        ("EvaluationPeriods", 1),
    ]);

    // Lambda's own metric: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    private static TemplateResource OnAge(FunctionStack stack) => Alarm(stack, "IteratorAge", "The function is behind: the last record of a batch was old before it came",
    [
        ("Namespace", "AWS/Lambda"),
        ("MetricName", "IteratorAge"),
        ("Dimensions", new JsonArray(Object(("Name", "FunctionName"), ("Value", Ref(LogicalId.Function))))),
        ("Statistic", "Maximum"),
        ("Period", 60),
        ("Threshold", Ref(TemplateParameters.IteratorAgeThreshold)),
        ("EvaluationPeriods", 5),
    ]);

    private static TemplateResource Alarm(FunctionStack stack, string metric, string what, (string, JsonNode?)[] measure) => new($"Alarm{metric}", "AWS::CloudWatch::Alarm", Object(
    [
        ("AlarmName", $"FanOut-{stack.Name}-{metric}"),
        ("AlarmDescription", $"{what}. Function {stack.Name}; its log names the targets and the reasons."),
        .. measure,
        ("ComparisonOperator", "GreaterThanThreshold"),
        ("TreatMissingData", "notBreaching"),
        ("AlarmActions", If(TemplateParameters.HasAlarmTopic, new JsonArray(Ref(TemplateParameters.AlarmTopicArn)))),
        ("Tags", Tags(stack.Tags)),
    ]));
}
