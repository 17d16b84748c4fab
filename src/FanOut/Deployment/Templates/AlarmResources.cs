using System.Text.Json.Nodes;
using FanOut.Deployment.Monitoring;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The function's alarms, as https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html takes them.</summary>
internal static class AlarmResources
{
    /// <summary>The alarms; none on metrics that the function does not have.</summary>
    /// <param name="stack">The function.</param>
    /// <param name="hasMetrics">Whether it tells metrics of its own.</param>
    public static IEnumerable<TemplateResource> Of(FunctionStack stack, bool hasMetrics) =>
        FunctionAlarms.Of(stack.Name, hasMetrics, stack.Connections.Streams.Count > 0).Select(a => Alarm(stack, a));

    private static TemplateResource Alarm(FunctionStack stack, AlarmDefinition alarm) => new($"Alarm{alarm.Metric}", "AWS::CloudWatch::Alarm", Object(
    [
        ("AlarmName", alarm.Name),
        ("AlarmDescription", alarm.Description),
        .. Measure(alarm),
        ("EvaluationPeriods", alarm.EvaluationPeriods),
        ("ComparisonOperator", AlarmDefinition.Comparison),
        ("TreatMissingData", AlarmDefinition.MissingData),
        ("AlarmActions", If(TemplateParameters.HasAlarmTopic, new JsonArray(Ref(TemplateParameters.AlarmTopicArn)))),
        ("Tags", Tags(stack.Tags)),
    ]));

    private static (string, JsonNode?)[] Measure(AlarmDefinition alarm) => alarm.Query is { } query
        ?
        [
            ("Metrics", new JsonArray(Object(("Id", "all"), ("Label", alarm.Metric), ("Expression", query), ("Period", AlarmDefinition.Period), ("ReturnData", true)))),
            ("Threshold", 0),
        ]
        :
        [
            ("Namespace", "AWS/Lambda"),
            ("MetricName", alarm.Metric),
            ("Dimensions", new JsonArray(Object(("Name", "FunctionName"), ("Value", Ref(LogicalId.Function))))),
            ("Statistic", "Maximum"),
            ("Period", AlarmDefinition.Period),
            ("Threshold", Ref(TemplateParameters.IteratorAgeThreshold)),
        ];
}
