using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Metrics;

namespace FanOut.Operations;

/// <summary>Finds the sources and destinations of a function of which CloudWatch has counted records, also those that no target has any more.</summary>
/// <remarks>
/// CloudWatch lists metrics that had values within two weeks, new ones up to 15 minutes late; 500 are one call, and each way has one that is looked for:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
/// </remarks>
/// <param name="session">Who asks, in the function's region.</param>
/// <param name="function">The function's name.</param>
internal sealed class FindCountedWays(AwsSession session, string function)
{
    private const string Source = nameof(Source), Destination = nameof(Destination);

    /// <summary>The ways that are not among those that targets have now.</summary>
    /// <param name="registered">The ways of the targets that are registered.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<IReadOnlyList<(string SourceArn, string Destination)>> FindPastAsync(IEnumerable<(string SourceArn, string Destination)> registered, CancellationToken cancellationToken)
    {
        HashSet<(string, string)> known = [.. registered.Select(static w => (DimensionValue.Of(w.SourceArn), DimensionValue.Of(w.Destination)))];
        var found = new List<(string, string)>();
        var request = new ListMetricsRequest
        {
            Namespace = MeasureBatch.Namespace,
            MetricName = "Records",
            Dimensions = [new Dimension { Name = "Function", Value = DimensionValue.Of(function) }],
        };
        do
        {
            ListMetricsResponse page = await session.CloudWatch().ListMetricsAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (Metric metric in page.Metrics ?? [])
            {
                if (ValueOf(metric, Source) is { } source && ValueOf(metric, Destination) is { } destination && known.Add((source, destination)))
                {
                    found.Add((source, destination));
                }
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);

        found.Sort();
        return found;
    }

    private static string? ValueOf(Metric metric, string dimension) => metric.Dimensions?.Find(d => d.Name == dimension)?.Value;
}
