using Amazon.Runtime;
using FanOut.Credentials;
using FanOut.Operations;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Reports;

/// <summary>Reads what flowed through a function, and how long it ran, as CloudWatch has counted it.</summary>
/// <param name="session">Who reads, in the function's region.</param>
/// <param name="chain">The function with its targets.</param>
/// <param name="function">What is output of the function.</param>
/// <param name="sources">What is output of its sources.</param>
internal sealed class ReadTraffic(AwsSession session, FunctionChain chain, FanOutFunction function, IReadOnlyList<FanOutSource> sources)
{
    private readonly MetricReader _reader = new(session, function.FunctionName, function.TableName);

    private bool CountsRecords => !chain.Function.Variables.TryGetValue(FunctionVariables.Metrics, out string? metrics) || metrics != "none";

    /// <summary>What flowed in a period.</summary>
    public async Task<Traffic> ReadAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        TargetRow[] rows = CountsRecords ? [.. (chain.Targets ?? []).Where(static r => r.Mapping is not null)] : [];
        string[] arns = CountsRecords ? [.. sources.Select(static s => s.SourceArn).Distinct()] : [];
        IReadOnlyList<(string, string)> past = CountsRecords && chain.Targets is not null ? await ReadPastAsync(rows, cancellationToken).ConfigureAwait(false) : [];
        IReadOnlyList<FanOutMetric> read = await _reader.ReadAsync(
            [MeasuredScope.Function(rows, past), .. arns.Select(a => MeasuredScope.Source(a, rows, [], null)), .. rows.Select(r => MeasuredScope.Target(r, rows)), .. past.Select(MeasuredScope.Past)],
            Range(period),
            cancellationToken).ConfigureAwait(false);
        FanOutMetric all = read[0];
        return new Traffic
        {
            CountsRecords = CountsRecords,
            Invocations = Of(all, static p => p.Invocations),
            Errors = Of(all, static p => p.Errors),
            Duration = Of(all, static p => p.TotalDuration.TotalMilliseconds),
            IteratorAge = Of(all, static p => p.IteratorAge?.TotalMilliseconds),
            All = OfTarget(all),
            Records = read.Skip(1).Take(arns.Length).ToDictionary(static m => m.SourceArn!, static m => Of(m, static p => p.Records)),
            Targets = read.Skip(1 + arns.Length).Where(static m => m.Registered).ToDictionary(static m => new TargetKey(m.SourceArn!, m.Id!), OfTarget),
            Past = [.. read.Where(static m => !m.Registered).Select(static m => (m.Destination!, OfTarget(m)))],
        };
    }

    /// <summary>What Lambda charges for the last day of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="traffic">What flowed in it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<LambdaCost> ReadCostAsync(ReportPeriod period, Traffic traffic, CancellationToken cancellationToken)
    {
        ReportPeriod day = ReportPeriod.Of(period.Until.AddDays(-1), period.Until, period.Until);
        (double invocations, double milliseconds) = (traffic.Invocations.Total, traffic.Duration.Total);
        if (day != period)
        {
            FanOutMetric read = (await _reader.ReadAsync([MeasuredScope.Function([], [])], Range(day), cancellationToken).ConfigureAwait(false))[0];
            (invocations, milliseconds) = (read.Invocations, read.TotalDuration.TotalMilliseconds);
        }

        return new LambdaCost(day.Start, day.Until, invocations, TimeSpan.FromMilliseconds(milliseconds), function.MemorySize ?? 128, function.Architecture == "arm64");
    }

    // Who may not list metrics has a report of the targets that there are.
    private async Task<IReadOnlyList<(string, string)>> ReadPastAsync(TargetRow[] rows, CancellationToken cancellationToken)
    {
        try
        {
            return await new FindCountedWays(session, function.FunctionName).FindPastAsync(MeasuredScope.WaysOf(rows), cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException)
        {
            return [];
        }
    }

    private static MetricRange Range(ReportPeriod period) => new(period.Start.UtcDateTime, period.End.UtcDateTime, period.Step);

    private static TargetTraffic OfTarget(FanOutMetric metric) => new()
    {
        Delivered = Of(metric, static p => p.Delivered),
        Failed = Of(metric, static p => p.Failed),
        DeadLettered = Of(metric, static p => p.DeadLettered),
        Retried = Of(metric, static p => p.Retried),
        Filtered = Of(metric, static p => p.Filtered),
        SharedWith = metric.SharedWith,
    };

    private static Series Of(FanOutMetric metric, Func<FanOutMetricPoint, double?> value) => new([.. metric.Points.Select(value)]);
}
