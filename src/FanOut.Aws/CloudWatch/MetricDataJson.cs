using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatch;

/// <summary>Writes and reads GetMetricData and ListMetrics as JSON.</summary>
internal static class MetricDataJson
{
    public static void Write(Utf8JsonWriter json, GetMetricDataRequest request)
    {
        json.Optional("MetricDataQueries", request.MetricDataQueries, Write);
        json.Optional("StartTime", request.StartTime);
        json.Optional("EndTime", request.EndTime);
        json.Optional("ScanBy", request.ScanBy);
        json.Optional("MaxDatapoints", request.MaxDatapoints);
        json.Optional("NextToken", request.NextToken);
    }

    public static void Write(Utf8JsonWriter json, ListMetricsRequest request)
    {
        json.Optional("Namespace", request.Namespace);
        json.Optional("MetricName", request.MetricName);
        json.Optional("Dimensions", request.Dimensions, Write);
        json.Optional("NextToken", request.NextToken);
    }

    public static void Write(Utf8JsonWriter json, MetricDataQuery query)
    {
        json.WriteStartObject();
        json.Optional("Id", query.Id);
        json.Structure("MetricStat", query.MetricStat, Write);
        json.Optional("Expression", query.Expression);
        json.Optional("Label", query.Label);
        json.Optional("Period", query.Period);
        json.Optional("ReturnData", query.ReturnData);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Dimension dimension)
    {
        json.WriteStartObject();
        json.Optional("Name", dimension.Name);
        json.Optional("Value", dimension.Value);
        json.WriteEndObject();
    }

    public static void Read(JsonElement json, GetMetricDataResponse response)
    {
        response.MetricDataResults = json.Each("MetricDataResults", static result => new MetricDataResult
        {
            Id = result.Text("Id"),
            Label = result.Text("Label"),
            StatusCode = result.Text("StatusCode"),
            Timestamps = result.Each("Timestamps", JsonMembers.AsTime),
            Values = result.Each("Values", static value => value.GetDouble()),
        });
        response.NextToken = json.Token("NextToken");
    }

    public static void Read(JsonElement json, ListMetricsResponse response)
    {
        response.Metrics = json.Each("Metrics", static metric => new Metric
        {
            Namespace = metric.Text("Namespace"),
            MetricName = metric.Text("MetricName"),
            Dimensions = metric.Each("Dimensions", static dimension => new Dimension { Name = dimension.Text("Name"), Value = dimension.Text("Value") }),
        });
        response.NextToken = json.Token("NextToken");
    }

    private static void Write(Utf8JsonWriter json, MetricStat statistic)
    {
        json.Structure("Metric", statistic.Metric, static (json, metric) =>
        {
            json.Optional("Namespace", metric.Namespace);
            json.Optional("MetricName", metric.MetricName);
            json.Optional("Dimensions", metric.Dimensions, Write);
        });
        json.Optional("Period", statistic.Period);
        json.Optional("Stat", statistic.Stat);
        json.Optional("Unit", statistic.Unit);
    }
}
