using Amazon.Runtime;
using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Errors;
using Metric = FanOut.Aws.CloudWatch.Metric;

namespace FanOut.Sources;

/// <summary>Reads from CloudWatch how far functions are behind their sources.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html: IteratorAge is counted per function and per alias or
/// version, not per source. If CloudWatch may not be asked, or does not answer in time, the result is empty.
/// </remarks>
internal sealed class IteratorAges(AwsSession session, TimeProvider time)
{
    /// <summary>How far back to look for values: Lambda publishes them with a delay of a minute or two.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How long the answer may take. The other properties of a source are more important, so they must not wait longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The greatest age of the last minutes, by alias or version; the key of the function itself is an empty text.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> ReadAsync(string function, IEnumerable<string> qualifiers, CancellationToken cancellationToken)
    {
        string[] wanted = [.. qualifiers.Distinct()];
        if (wanted.Length == 0)
        {
            return new Dictionary<string, TimeSpan>();
        }

        DateTime now = time.GetUtcNow().UtcDateTime;
        var request = new GetMetricDataRequest
        {
            MetricDataQueries = [.. wanted.Select((q, i) => Query($"q{i}", function, q))],
            StartTime = now - Window,
            EndTime = now,
        };
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            AmazonCloudWatchClient client = session.Client(AmazonCloudWatchClient.Service, static (c, s) => new AmazonCloudWatchClient(c, s));
            GetMetricDataResponse response = await client.GetMetricDataAsync(request, either.Token).ConfigureAwait(false);
            return (response.MetricDataResults ?? []).Where(static r => r is { Id.Length: > 1, Values.Count: > 0 })
                .ToDictionary(r => wanted[int.Parse(r.Id![1..], System.Globalization.CultureInfo.InvariantCulture)], static r => TimeSpan.FromMilliseconds(r.Values!.Max()));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Dictionary<string, TimeSpan>();
        }
    }

    private static MetricDataQuery Query(string id, string function, string qualifier) => new()
    {
        Id = id,
        MetricStat = new MetricStat
        {
            Metric = new Metric
            {
                Namespace = "AWS/Lambda",
                MetricName = "IteratorAge",
                Dimensions =
                [
                    new Dimension { Name = "FunctionName", Value = function },
                    .. qualifier.Length == 0 ? Array.Empty<Dimension>() : [new Dimension { Name = "Resource", Value = $"{function}:{qualifier}" }],
                ],
            },
            Period = 60,
            Stat = "Maximum",
        },
    };
}
