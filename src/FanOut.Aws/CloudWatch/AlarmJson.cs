using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatch;

/// <summary>Writes and reads alarms and their tags as JSON.</summary>
internal static class AlarmJson
{
    public static void Write(Utf8JsonWriter json, PutMetricAlarmRequest request)
    {
        MetricAlarm alarm = request.Alarm;
        json.Optional("AlarmName", alarm.AlarmName);
        json.Optional("AlarmDescription", alarm.AlarmDescription);
        json.Optional("ActionsEnabled", alarm.ActionsEnabled);
        json.Optional("OKActions", alarm.OKActions);
        json.Optional("AlarmActions", alarm.AlarmActions);
        json.Optional("InsufficientDataActions", alarm.InsufficientDataActions);
        json.Optional("Namespace", alarm.Namespace);
        json.Optional("MetricName", alarm.MetricName);
        json.Optional("Dimensions", alarm.Dimensions, MetricDataJson.Write);
        json.Optional("Statistic", alarm.Statistic);
        json.Optional("Period", alarm.Period);
        json.Optional("Metrics", alarm.Metrics, MetricDataJson.Write);
        json.Optional("EvaluationPeriods", alarm.EvaluationPeriods);
        if (alarm.Threshold is { } threshold)
        {
            json.WriteNumber("Threshold", threshold);
        }

        json.Optional("ComparisonOperator", alarm.ComparisonOperator);
        json.Optional("TreatMissingData", alarm.TreatMissingData);
        WriteTags(json, request.Tags);
    }

    public static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? tags) => json.Optional("Tags", tags, static (json, tag) =>
    {
        json.WriteStartObject();
        json.Optional("Key", tag.Key);
        json.Optional("Value", tag.Value);
        json.WriteEndObject();
    });

    public static void Read(JsonElement json, DescribeAlarmsResponse response)
    {
        response.MetricAlarms = json.Each("MetricAlarms", static alarm => new MetricAlarm
        {
            AlarmName = alarm.Text("AlarmName"),
            AlarmArn = alarm.Text("AlarmArn"),
            AlarmDescription = alarm.Text("AlarmDescription"),
            ActionsEnabled = alarm.Truth("ActionsEnabled"),
            OKActions = alarm.Texts("OKActions"),
            AlarmActions = alarm.Texts("AlarmActions"),
            InsufficientDataActions = alarm.Texts("InsufficientDataActions"),
            Namespace = alarm.Text("Namespace"),
            MetricName = alarm.Text("MetricName"),
            Dimensions = alarm.Each("Dimensions", static d => new Dimension { Name = d.Text("Name"), Value = d.Text("Value") }),
            Statistic = alarm.Text("Statistic"),
            Period = alarm.Number("Period"),
            Metrics = alarm.Each("Metrics", static q => new MetricDataQuery
            {
                Id = q.Text("Id") ?? "",
                Expression = q.Text("Expression"),
                Label = q.Text("Label"),
                Period = q.Number("Period"),
                ReturnData = q.Truth("ReturnData"),
            }),
            EvaluationPeriods = alarm.Number("EvaluationPeriods"),
            Threshold = alarm.Member("Threshold")?.GetDouble(),
            ComparisonOperator = alarm.Text("ComparisonOperator"),
            TreatMissingData = alarm.Text("TreatMissingData"),
            StateValue = alarm.Text("StateValue"),
        });
        response.NextToken = json.Token("NextToken");
    }

    public static Dictionary<string, string>? ReadTags(JsonElement json) =>
        json.Each("Tags", static t => (Key: t.Text("Key") ?? "", Value: t.Text("Value") ?? ""))?.ToDictionary(static t => t.Key, static t => t.Value);
}
