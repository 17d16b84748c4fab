using System.Text.Json.Nodes;
using FanOut.Engine.Metrics;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Monitoring;

/// <summary>The dashboard of a function: what it does by target and by source, how Lambda runs it, and its alarms.</summary>
/// <remarks>
/// <para>The body is as https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html has it. The same function gives the same body.</para>
/// <para>Targets and sources come and go, so graphs search for what there is, up to 500 lines each, of what had values within two weeks:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html. A new target is on it without another word.</para>
/// </remarks>
internal static class FunctionDashboard
{
    /// <summary>By what a dashboard is recognized as one that was made here.</summary>
    public const string Mark = "Publish-FanOutDashboard";

    private const int ColumnWidth = 8, Height = 6;

    /// <summary>A function's dashboard. Dashboards have no region, so its name has it.</summary>
    public static string NameOf(string function, string region) => $"FanOut-{function}-{region}";

    /// <summary>The body.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="region">Its region.</param>
    /// <param name="alarms">ARNs of its alarms; empty: it has none.</param>
    public static JsonObject Of(string function, string region, IReadOnlyList<string> alarms)
    {
        JsonArray widgets =
        [
            Widget("text", 0, 0, 24, 2, Object(("markdown", $"# FanOut: {function} in {region}\nMade by `{Mark} {function} -Region {region}`, which puts all of it: what is changed here is lost then. Targets and sources appear by themselves."))),
        ];
        int top = 2;
        if (alarms.Count > 0)
        {
            widgets.Add(Widget("alarm", 0, top, 24, 2, Object(("title", "Alarms"), ("alarms", List(alarms)))));
            top += 2;
        }

        foreach ((int number, JsonObject graph) in Graphs(function, region).Select(static (g, i) => (i, g)))
        {
            widgets.Add(Widget("metric", number % 3 * ColumnWidth, top + (number / 3 * Height), ColumnWidth, Height, graph));
        }

        return new JsonObject { ["periodOverride"] = "auto", ["widgets"] = widgets };
    }

    private static IEnumerable<JsonObject> Graphs(string function, string region)
    {
        foreach ((string metric, string title) in new[]
        {
            ("Delivered", "Delivered, by target"), ("Failed", "Failed, by target"), ("DeadLettered", "Dead-lettered, by target"),
            ("Filtered", "Filtered, by target"), ("Retried", "Sent again, by target"),
        })
        {
            yield return Graph(title, region, "Sum", Search(function, metric, "Source,Destination,Function", "Destination", "Sum"));
        }

        yield return Graph("Time of a batch in ms, by target", region, "Average", Search(function, "Duration", "Source,Destination,Function", "Destination", "Average"));
        yield return Graph("Records, by source", region, "Sum", Search(function, "Records", "Source,Function", "Source", "Sum"));
        yield return Graph("Records without a target, by source", region, "Sum", Search(function, "Unmapped", "Source,Function", "Source", "Sum"));
        yield return Graph("Mappings that are not valid, by source", region, "Sum", Search(function, "InvalidMappings", "Source,Function", "Source", "Sum"));
        yield return Graph("Invocations", region, "Sum", OfLambda("Invocations"), OfLambda("Errors"), OfLambda("Throttles"));
        yield return Graph("Time of an invocation in ms", region, "Average", OfLambda("Duration"), new JsonArray("AWS/Lambda", "Duration", "FunctionName", function, Object(("stat", "Maximum"), ("label", "Duration, longest"))));
        yield return Graph("Age of the last record of a batch in ms", region, "Maximum", OfLambda(FunctionAlarms.IteratorAge));

        JsonArray OfLambda(string metric) => new("AWS/Lambda", metric, "FunctionName", function);
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
    private static JsonArray Search(string function, string metric, string dimensions, string label, string statistic) => new(Object(
        ("expression", $"SEARCH('{{{MeasureBatch.Namespace},{dimensions}}} MetricName=\"{metric}\" Function=\"{function}\"', '{statistic}')"),
        ("id", "found"),
        ("label", $"${{PROP('Dim.{label}')}}")));

    private static JsonObject Graph(string title, string region, string statistic, params JsonNode[] metrics) => Object(
        ("title", title), ("region", region), ("view", "timeSeries"), ("stat", statistic), ("period", AlarmDefinition.Period), ("metrics", new JsonArray(metrics)));

    private static JsonObject Widget(string type, int x, int y, int width, int height, JsonObject properties) =>
        Object(("type", type), ("x", x), ("y", y), ("width", width), ("height", height), ("properties", properties));
}
