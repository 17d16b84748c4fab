using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>GetMetricData (without expressions), GetMetricStatistics and ListMetrics, in both protocols.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</remarks>
internal sealed class MetricQueries(CloudWatchService cloudWatch)
{
    private const int MostQueries = 500;
    private const int MostDatapoints = 1440;
    private const int MostDataOfPage = 100_800;
    private const int MostListed = 500;
    private static readonly MetricPeriod Sample = new(default, [new PublishedMetric("", "", new Dictionary<string, string>(), 0) { Value = 0 }]);

    public HttpResponse GetData(ServiceCall call)
    {
        JsonElement request = Request(call);
        (DateTimeOffset start, DateTimeOffset end) = Range(request);
        bool ascending = request.Text("ScanBy") == "TimestampAscending";
        IReadOnlyList<JsonElement> queries = request.Items("MetricDataQueries");
        if (queries.Count is 0 or > MostQueries)
        {
            throw new ServiceException("ValidationError", $"The collection MetricDataQueries must have 1 to {MostQueries} members; {queries.Count} were sent.");
        }

        (JsonElement Query, string Label, string Statistic, IReadOnlyList<MetricPeriod> Periods)[] results =
        [
            .. queries.Where(query => query.Field("ReturnData")?.ToString() is not ("false" or "False")).Select(query =>
            {
                if (query.Field("MetricStat") is not { } wanted)
                {
                    throw new ServiceException("ValidationError", "The stand-in's CloudWatch has no metric math: a query needs a MetricStat.");
                }

                MetricKey metric = MetricKey.Read(wanted.RequiredObject("Metric"));
                IReadOnlyList<MetricPeriod> periods = MetricPeriod.Of(Find(call, metric, wanted.Text("Unit")), start, end, Period(wanted));
                return (query, query.Text("Label") ?? metric.Name, Known(MetricFields.RequiredText(wanted, "Stat")), ascending ? periods : [.. periods.Reverse()]);
            }),
        ];
        int skip = request.Text("NextToken") is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        int most = request.Field("MaxDatapoints") is null ? MostDataOfPage : MetricFields.RequiredNumber(request, "MaxDatapoints");
        int all = results.Sum(result => result.Periods.Count), seen = 0;
        return FieldWriter.Answer(call, fields =>
        {
            fields.List("MetricDataResults", results, result =>
            {
                int first = Math.Clamp(skip - seen, 0, result.Periods.Count), end = Math.Clamp(skip + most - seen, first, result.Periods.Count);
                seen += result.Periods.Count;
                IReadOnlyList<MetricPeriod> page = [.. result.Periods.Take(end).Skip(first)];
                fields.Text("Id", MetricFields.RequiredText(result.Query, "Id"));
                fields.Text("Label", result.Label);
                fields.Times("Timestamps", page.Select(period => period.Start));
                fields.Numbers("Values", page.Select(period => period.Statistic(result.Statistic)!.Value));
                fields.Text("StatusCode", end < result.Periods.Count ? "PartialData" : "Complete");
            });
            fields.List("Messages", Array.Empty<string>(), _ => { });
            if (skip + most < all)
            {
                fields.Text("NextToken", (skip + most).ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    public HttpResponse GetStatistics(ServiceCall call)
    {
        JsonElement request = Request(call);
        MetricKey metric = MetricKey.Read(request);
        (DateTimeOffset start, DateTimeOffset end) = Range(request);
        TimeSpan period = Period(request);
        string[] statistics = [.. request.Items("Statistics").Concat(request.Items("ExtendedStatistics")).Select(name => Known(name.ToString()))];
        if (statistics.Length == 0)
        {
            throw MetricFields.Combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }

        if ((end - start) / period > MostDatapoints)
        {
            throw MetricFields.Combination($"You have requested up to {(end - start) / period:N0} datapoints, which exceeds the limit of {MostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }

        IReadOnlyList<MetricPeriod> periods = MetricPeriod.Of(Find(call, metric, request.Text("Unit")), start, end, period);
        return FieldWriter.Answer(call, fields =>
        {
            fields.Text("Label", metric.Name);
            fields.List("Datapoints", periods, datapoint =>
            {
                fields.Time("Timestamp", datapoint.Start);
                foreach (string statistic in statistics.Where(statistic => !statistic.StartsWith('p')))
                {
                    fields.Number(statistic, datapoint.Statistic(statistic)!.Value);
                }

                fields.Map("ExtendedStatistics", statistics.Where(statistic => statistic.StartsWith('p')), statistic => datapoint.Statistic(statistic)!.Value);
                fields.Text("Unit", datapoint.Data[0].Unit ?? "None");
            });
        });
    }

    public HttpResponse List(ServiceCall call)
    {
        JsonElement request = Request(call);
        string after = request.Text("NextToken") ?? "";
        IReadOnlyList<JsonElement> dimensions = request.Items("Dimensions");
        MetricKey[] rest =
        [
            .. Visible(call)
                .Where(datum => (request.Text("Namespace") ?? datum.Namespace) == datum.Namespace)
                .Where(datum => (request.Text("MetricName") ?? datum.Name) == datum.Name)
                .Where(datum => dimensions.All(dimension => datum.Dimensions.TryGetValue(MetricFields.RequiredText(dimension, "Name"), out string? value)
                    && (dimension.Text("Value") ?? value) == value))
                .Select(MetricKey.Of)
                .DistinctBy(metric => metric.ToString())
                .Where(metric => string.CompareOrdinal(metric.ToString(), after) > 0)
                .OrderBy(metric => metric.ToString(), StringComparer.Ordinal),
        ];
        return FieldWriter.Answer(call, fields =>
        {
            fields.List("Metrics", rest.Take(MostListed), metric =>
            {
                fields.Text("Namespace", metric.Namespace);
                fields.Text("MetricName", metric.Name);
                fields.List("Dimensions", metric.Dimensions, dimension =>
                {
                    fields.Text("Name", dimension.Key);
                    fields.Text("Value", dimension.Value);
                });
            });
            if (rest.Length > MostListed)
            {
                fields.Text("NextToken", rest[MostListed - 1].ToString());
            }
        });
    }

    private IEnumerable<PublishedMetric> Visible(ServiceCall call) =>
        cloudWatch.Received.Where(datum => datum.Region == call.Region && datum.AccountId == call.AccountId);

    private IEnumerable<PublishedMetric> Find(ServiceCall call, MetricKey metric, string? unit) =>
        Visible(call).Where(datum => metric.Is(datum) && (unit is null || unit == (datum.Unit ?? "None")));

    private static JsonElement Request(ServiceCall call) => call.Protocol == Protocol.Query ? QueryTree.Of(call.Form) : call.Json;

    private static (DateTimeOffset Start, DateTimeOffset End) Range(JsonElement request)
    {
        (DateTimeOffset start, DateTimeOffset end) = (MetricFields.RequiredTime(request, "StartTime"), MetricFields.RequiredTime(request, "EndTime"));
        return start < end ? (start, end) : throw MetricFields.Invalid("The parameter StartTime must be less than the parameter EndTime.");
    }

    private static TimeSpan Period(JsonElement parent)
    {
        int seconds = MetricFields.RequiredNumber(parent, "Period");
        return seconds is 1 or 5 or 10 or 20 or 30 || seconds % 60 == 0
            ? TimeSpan.FromSeconds(seconds)
            : throw MetricFields.Invalid($"The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is {seconds}.");
    }

    private static string Known(string statistic) => Sample.Statistic(statistic) is not null
        ? statistic
        : throw MetricFields.Invalid($"The value {statistic} for parameter Statistic is not supported.");
}
