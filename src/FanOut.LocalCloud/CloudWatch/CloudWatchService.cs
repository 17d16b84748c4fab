using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>CloudWatch's metrics: PutMetricData and the operations that read, in the Query and the JSON protocol, plain or gzip; alarms and dashboards.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html</remarks>
public sealed class CloudWatchService : IService
{
    private const string Namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    private const int MostMetrics = 1000;
    private const int MostBytes = 1_000_000;
    private const int MostDimensions = 30;
    private const int MostValues = 150;

    private readonly AlarmOperations _alarms = new();
    private readonly DashboardOperations _dashboards = new();
    private readonly OperationTable _operations;

    internal CloudWatchService()
    {
        MetricQueries queries = new(this);
        _operations = new()
        {
            ["PutMetricData"] = Put,
            ["GetMetricData"] = queries.GetData,
            ["GetMetricStatistics"] = queries.GetStatistics,
            ["ListMetrics"] = queries.List,
            ["PutMetricAlarm"] = _alarms.Put,
            ["DescribeAlarms"] = _alarms.Describe,
            ["DeleteAlarms"] = _alarms.Delete,
            ["ListTagsForResource"] = _alarms.ListTags,
            ["TagResource"] = _alarms.Tag,
            ["PutDashboard"] = _dashboards.Put,
            ["GetDashboard"] = _dashboards.Get,
            ["DeleteDashboards"] = _dashboards.Delete,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["monitoring"];

    /// <summary>The alarms, by name.</summary>
    public IReadOnlyList<StoredAlarm> Alarms => _alarms.All;

    /// <summary>The bodies of the dashboards, by name.</summary>
    public IReadOnlyDictionary<string, string> Dashboards => _dashboards.All;

    /// <summary>Every datum that was published, Lambda's own among them.</summary>
    public Journal<PublishedMetric> Received { get; } = new();

    /// <summary>The data of one metric with exactly these dimensions, oldest first.</summary>
    public IReadOnlyList<PublishedMetric> Find(string metricNamespace, string name, params (string Name, string Value)[] dimensions) =>
    [
        .. Received.Where(datum => datum.Namespace == metricNamespace && datum.Name == name && datum.Dimensions.Count == dimensions.Length
            && dimensions.All(dimension => datum.Dimensions.TryGetValue(dimension.Name, out string? value) && value == dimension.Value)),
    ];

    /// <summary>Puts a dashboard of the cloud's own account, as another tool would.</summary>
    /// <param name="dashboard">Its name.</param>
    /// <param name="body">Its body.</param>
    public void Put(string dashboard, string body) => _dashboards.Put("123456789012", dashboard, body);

    /// <summary>Takes a tag away from an alarm of the cloud's own account and region, as another tool would.</summary>
    /// <param name="alarm">The alarm's name.</param>
    /// <param name="tag">The tag's key.</param>
    public void Forget(string alarm, string tag) => _alarms.Untag(alarm, tag);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(
            serviceCall.NamedOperation(),
            serviceCall.Protocol == Protocol.Query ? serviceCall.Form.Text("Namespace") : serviceCall.Json.Text("Namespace"));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    private HttpResponse Put(ServiceCall call)
    {
        if (call.WireBytes > MostBytes)
        {
            throw new ServiceException("RequestEntityTooLarge", $"The request has {call.WireBytes} bytes, the limit is {MostBytes}.", 413);
        }

        if (string.IsNullOrEmpty(call.Destination))
        {
            throw MetricFields.Missing("Namespace");
        }

        IReadOnlyList<PublishedMetric> data = call.Protocol == Protocol.Query ? MetricReading.Form(call) : MetricReading.Json(call);
        if (data.Count > MostMetrics)
        {
            throw MetricFields.Invalid($"The collection MetricData must not have a size greater than {MostMetrics}.");
        }

        foreach (PublishedMetric datum in data)
        {
            Check(datum);
        }

        foreach (PublishedMetric datum in data)
        {
            Received.Add(datum);
        }

        return call.Protocol == Protocol.Query ? XmlAnswer.Of(call, Namespace) : JsonAnswer.Empty;
    }

    private static void Check(PublishedMetric datum)
    {
        if (datum.Name.Length is 0 or > 255)
        {
            throw MetricFields.Invalid("The parameter MetricName must have 1 to 255 characters.");
        }

        if (datum.Dimensions.Count > MostDimensions)
        {
            throw MetricFields.Invalid($"The metric {datum.Name} has more than {MostDimensions} dimensions.");
        }

        if (datum.Dimensions.Any(dimension => dimension.Value.Length is 0 or > 1024 || dimension.Value.Any(letter => letter is < ' ' or > '~')))
        {
            throw MetricFields.Invalid($"A dimension of the metric {datum.Name} is empty, longer than 1024 characters, or not ASCII.");
        }

        if (datum.Values.Count > MostValues || (datum.Counts.Count > 0 && datum.Counts.Count != datum.Values.Count))
        {
            throw MetricFields.Invalid($"The metric {datum.Name} has more than {MostValues} values, or not as many counts as values.");
        }

        if (datum.Value is null && datum.Statistics is null && datum.Values.Count == 0)
        {
            throw MetricFields.Missing($"Value, Values or StatisticValues of the metric {datum.Name}");
        }

        IEnumerable<double> numbers = datum.Values.Append(datum.Value ?? 0).Append(datum.Statistics?.Sum ?? 0);
        if (numbers.Any(number => !double.IsFinite(number)))
        {
            throw MetricFields.Invalid($"The value of the metric {datum.Name} must be finite.");
        }
    }
}
