using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Operations;

/// <summary>Reads what CloudWatch has counted of a function, its sources and its targets.</summary>
/// <remarks>
/// <para>Each metric is asked for by all its dimensions, which the table of mappings tells: a metric that is new is there at once, as it is not where metrics are listed or searched
/// for (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html: up to 15 minutes later), and what was never counted is zero. Only what no target has
/// any more is found in that list, by <see cref="FindCountedWays"/>.</para>
/// <para>500 metrics are one call, paged where they have many values: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html.
/// CloudWatch charges by the metrics asked for, whether they have values or not: a target has 7, a source 3 and an IteratorAge besides 5 for each of its targets, a function 6
/// besides 5 for each target. Several scopes share what they have in common.</para>
/// </remarks>
/// <param name="session">Who reads, in the function's region.</param>
/// <param name="function">The function's name.</param>
/// <param name="table">Its table of mappings, name or ARN.</param>
internal sealed class MetricReader(AwsSession session, string function, string table)
{
    private const int MostPerCall = 500;

    /// <summary>The metrics of each of these, in the same order, but not of what there is no more and was not counted.</summary>
    /// <param name="scopes">What is asked for.</param>
    /// <param name="range">The time that is asked for.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="FanOutException">MetricsIncomplete: CloudWatch did not tell all of it.</exception>
    public async Task<IReadOnlyList<FanOutMetric>> ReadAsync(IReadOnlyList<MeasuredScope> scopes, MetricRange range, CancellationToken cancellationToken)
    {
        WantedMetric[][] wanted = [.. scopes.Select(s => s.Metrics(function).ToArray())];
        var found = new Dictionary<string, double?[]>();
        foreach (WantedMetric[] some in wanted.SelectMany(static w => w).DistinctBy(static w => w.Key).Chunk(MostPerCall))
        {
            await ReadAsync(some, range, found, cancellationToken).ConfigureAwait(false);
        }

        return [.. scopes.Select((s, i) => Write(s, range, wanted[i].ToLookup(static w => w.Value, w => found[w.Key]))).Where(static m => m.Registered || HasAny(m))];
    }

    private static bool HasAny(FanOutMetric metric) => metric.Records + metric.Delivered + metric.Failed + metric.DeadLettered + metric.Filtered + metric.Retried > 0;

    private async Task ReadAsync(WantedMetric[] wanted, MetricRange range, Dictionary<string, double?[]> found, CancellationToken cancellationToken)
    {
        AmazonCloudWatchClient client = session.CloudWatch();
        Dictionary<string, double?[]> byId = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            byId[$"q{i}"] = found[wanted[i].Key] = new double?[range.Count];
        }

        var request = new GetMetricDataRequest
        {
            MetricDataQueries = [.. wanted.Select((w, i) => w.Query($"q{i}", range.Period))],
            StartTime = range.Start,
            EndTime = range.End,
            ScanBy = "TimestampAscending",
        };
        do
        {
            GetMetricDataResponse page = await client.GetMetricDataAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (MetricDataResult result in page.MetricDataResults ?? [])
            {
                if (result.StatusCode is "InternalError" or "Forbidden")
                {
                    throw FanOutError.MetricsIncomplete(function, result.Label ?? result.Id ?? "", result.StatusCode, session.Region, session.Identity);
                }

                Add(result, range, byId[result.Id ?? ""]);
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
    }

    private static void Add(MetricDataResult result, MetricRange range, double?[] values)
    {
        foreach ((DateTime time, double value) in (result.Timestamps ?? []).Zip(result.Values ?? []))
        {
            int index = range.IndexOf(time);
            if (index >= 0 && index < values.Length)
            {
                values[index] = value;
            }
        }
    }

    private FanOutMetric Write(MeasuredScope scope, MetricRange range, ILookup<CountedValue, double?[]> values) => new()
    {
        Scope = scope.Kind.ToString(),
        SourceArn = scope.SourceArn,
        Source = scope.SourceArn is { } source ? EventSource.Describe(source).Name : null,
        Id = scope.Id,
        Destination = scope.Kind == MetricScope.Target && scope.Ways is [var only] ? only.Destination : null,
        Registered = scope.IsRegistered,
        SharedWith = scope.SharedWith,
        StartTime = range.Start.ToLocalTime(),
        EndTime = range.End.ToLocalTime(),
        Period = range.Period,
        Points = [.. range.Times.Select((time, index) => Point(time, index, values))],
        FunctionName = function,
        TableName = table,
        Region = session.Region,
    };

    private static FanOutMetricPoint Point(DateTime time, int index, ILookup<CountedValue, double?[]> values)
    {
        return new()
        {
            Time = time.ToLocalTime(),
            Records = Count(CountedValue.Records),
            Batches = Count(CountedValue.Batches),
            Delivered = Count(CountedValue.Delivered),
            Failed = Count(CountedValue.Failed),
            Retried = Count(CountedValue.Retried),
            DeadLettered = Count(CountedValue.DeadLettered),
            Filtered = Count(CountedValue.Filtered),
            Unmapped = Count(CountedValue.Unmapped),
            InvalidMappings = Count(CountedValue.InvalidMappings),
            Invocations = Count(CountedValue.Invocations),
            Errors = Count(CountedValue.Errors),
            Throttles = Count(CountedValue.Throttles),
            TotalDuration = TimeSpan.FromMilliseconds(Sum(CountedValue.TotalDuration)),
            IteratorAge = values[CountedValue.IteratorAge].Max(v => v[index]) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };

        double Sum(CountedValue value) => values[value].Sum(v => v[index] ?? 0);

        long Count(CountedValue value) => (long)Math.Round(Sum(value));
    }
}
