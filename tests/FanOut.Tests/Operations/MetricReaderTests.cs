using Amazon.DynamoDBv2.Model;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Engine.Logging;
using FanOut.Engine.Metrics;
using FanOut.Errors;
using FanOut.LocalCloud;
using FanOut.Operations;
using FanOut.Registry;
using FanOut.Tests.Aws;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Operations;

/// <summary>What the function publishes, in either of its two ways, is what the reader finds.</summary>
public sealed class MetricReaderTests : IAsyncDisposable
{
    private const string Orders = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string News = "arn:aws:sns:us-east-1:123456789012:news";
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly MetricRange Minutes = new(Start.UtcDateTime, Start.UtcDateTime.AddMinutes(4.5), TimeSpan.FromMinutes(1));

    private readonly Cloud _cloud = Cloud.Start();
    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData("emf")]
    [InlineData("cloudwatch")]
    public async Task A_target_has_what_the_function_published_of_it_period_by_period(string way)
    {
        await PublishAsync(way, minute: 0, Of(Orders, "größen", ("Records", 10), ("Delivered", 7), ("Failed", 2), ("Filtered", 1), ("Retried", 4), ("Duration", 30.5)));
        await PublishAsync(way, minute: 0, Of(Orders, "größen", ("Records", 5), ("Delivered", 5), ("Failed", 0), ("Duration", 9.5)));
        await PublishAsync(way, minute: 3, Of(Orders, "größen", ("Records", 1), ("DeadLettered", 1), ("Duration", 2)));
        await PublishAsync(way, minute: 3, Of(Orders, "other", ("Records", 99), ("Delivered", 99), ("Duration", 2)));
        TargetRow row = Row(Orders, "sizes", "größen");

        FanOutMetric metric = Assert.Single(await ReadAsync(Minutes, MeasuredScope.Target(row, [row])));

        Assert.Equal(("Target", "sizes", "orders", Orders), (metric.Scope, metric.Id, metric.Source, metric.SourceArn));
        Assert.Equal((16, 3, 12, 2, 4, 1, 1), (metric.Records, metric.Batches, metric.Delivered, metric.Failed, metric.Retried, metric.DeadLettered, metric.Filtered));
        Assert.Equal((TimeSpan.FromMilliseconds(42), TimeSpan.FromMilliseconds(14)), (metric.TotalDuration, metric.Duration));
        Assert.Equal([12, 0, 0, 0, 0], metric.Points.Select(static p => p.Delivered));
        Assert.Equal([TimeSpan.FromMilliseconds(20), null, null, TimeSpan.FromMilliseconds(2), null], metric.Points.Select(static p => p.Duration));
        Assert.Equal([0, 1, 2, 3, 4], metric.Points.Select(static p => (int)(p.Time.ToUniversalTime() - Start.UtcDateTime).TotalMinutes));
        Assert.Null(metric.IteratorAge);
    }

    [Fact]
    public async Task A_source_and_the_function_have_the_sums_of_their_targets_and_what_is_counted_of_themselves()
    {
        await PublishAsync("emf", 0,
        [
            .. Of(Orders, "a", ("Delivered", 3), ("Failed", 1)), .. Of(Orders, "b", ("Delivered", 4)), .. Of(News, "a", ("Delivered", 100)), .. Of(Orders, "gone", ("Delivered", 1000)),
            .. Of(Orders, null, ("Records", 4), ("Unmapped", 2), ("InvalidMappings", 1)), .. Of(null, null, ("Records", 104)),
        ]);
        foreach ((string name, double value, string? qualifier) in new (string, double, string?)[] { ("Invocations", 1, null), ("Errors", 1, null), ("Duration", 250, null), ("IteratorAge", 9000, null), ("IteratorAge", 2000, "live") })
        {
            _cloud.CloudWatch.Received.Add(new("AWS/Lambda", name, Dimensions(qualifier), 0) { Value = value, Time = Start, Region = "us-east-1", AccountId = "123456789012" });
        }

        TargetRow[] rows = [Row(Orders, "a", "a"), Row(Orders, "b", "b"), Row(News, "a", "a"), Row(Orders, "again", "a")];

        IReadOnlyList<FanOutMetric> metrics =
            await ReadAsync(Minutes, MeasuredScope.Source(Orders, rows, [], "live"), MeasuredScope.Function(rows, []), MeasuredScope.Target(rows[3], rows), MeasuredScope.Source(News, rows, [], null));

        (FanOutMetric source, FanOutMetric function, FanOutMetric again, FanOutMetric news) = (metrics[0], metrics[1], metrics[2], metrics[3]);
        Assert.Equal((4, 1, 7, 1, 2, 1, 0), (source.Records, source.Batches, source.Delivered, source.Failed, source.Unmapped, source.InvalidMappings, source.Invocations));
        Assert.Equal((TimeSpan.FromSeconds(2), null), (source.IteratorAge, news.IteratorAge));
        Assert.Equal((104, 107, 1, 1, 1), (function.Records, function.Delivered, function.Failed, function.Invocations, function.Errors));
        Assert.Equal((TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(9)), (function.Duration, function.IteratorAge));
        Assert.Equal((3, "a"), (again.Delivered, Assert.Single(again.SharedWith)));
        Assert.Equal(("Function", null, null), (function.Scope, function.SourceArn, function.Id));

        // What several have in common is asked for once, and all of it in one call.
        Assert.Equal(["GetMetricData"], _cloud.Calls.Select(static c => c.Operation));

        static Dictionary<string, string> Dimensions(string? qualifier) =>
            qualifier is null ? new() { ["FunctionName"] = "fanout" } : new() { ["FunctionName"] = "fanout", ["Resource"] = $"fanout:{qualifier}" };
    }

    [Fact]
    public async Task Of_what_was_never_counted_everything_is_zero_and_a_row_that_is_no_mapping_is_not_asked_for()
    {
        TargetRow invalid = Row(Orders, "broken", "a", type: "pigeon");

        FanOutMetric metric = Assert.Single(await ReadAsync(Minutes, MeasuredScope.Target(invalid, [invalid])));

        Assert.Equal((0, 0, null, null, 5), (metric.Delivered, metric.Batches, metric.Duration, metric.Destination, metric.Points.Count));
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task More_than_500_metrics_are_several_calls()
    {
        TargetRow[] rows = [.. Enumerable.Range(0, 130).Select(static i => Row(Orders, $"t{i}", $"d{i}"))];
        await PublishAsync("cloudwatch", 1, [.. rows.SelectMany((r, i) => Of(Orders, $"d{i}", ("Delivered", i)))]);
        _cloud.Calls.Clear();

        Assert.All(rows, static r => Assert.Null(r.Problem));
        IReadOnlyList<FanOutMetric> metrics = await ReadAsync(Minutes, [.. rows.Select(r => MeasuredScope.Target(r, rows))]);

        Assert.Equal(Enumerable.Range(0, 130).Select(static i => (long)i), metrics.Select(static m => m.Delivered));
        Assert.Equal(3, _cloud.Calls.Count);
    }

    [Fact]
    public async Task Values_of_further_pages_are_taken_too_and_what_CloudWatch_cannot_tell_is_an_error()
    {
        await using Wire wire = new(
            """{"MetricDataResults":[{"Id":"q0","StatusCode":"PartialData","Timestamps":[1795856400],"Values":[1]}],"NextToken":"more"}""",
            """{"MetricDataResults":[{"Id":"q0","StatusCode":"Complete","Timestamps":[1795856460],"Values":[2]},{"Id":"q5","Timestamps":[1795856460],"Values":[3]}]}""",
            """{"MetricDataResults":[{"Id":"q0","StatusCode":"InternalError","Label":"Delivered","Timestamps":[],"Values":[]}]}""");
        using AwsSession session = Open(new Uri(wire.Config(AmazonCloudWatchClient.Service).ServiceURL));
        var reader = new MetricReader(session, "fanout", "fanoutTargets");
        TargetRow row = Row(Orders, "a", "a");

        FanOutMetric metric = Assert.Single(await reader.ReadAsync([MeasuredScope.Target(row, [row])], Minutes, Cancellation));
        FanOutException error = await Assert.ThrowsAsync<FanOutException>(() => reader.ReadAsync([MeasuredScope.Target(row, [row])], Minutes, Cancellation));

        Assert.Equal([1, 2, 0, 0, 0], metric.Points.Select(static p => p.Delivered));
        Assert.Equal(3, metric.Records);
        Assert.Contains("more", System.Text.Encoding.UTF8.GetString(wire.Arrived[1].Body.Span), StringComparison.Ordinal);
        Assert.Equal("MetricsIncomplete", error.ErrorId);
    }

    private async Task<IReadOnlyList<FanOutMetric>> ReadAsync(MetricRange range, params MeasuredScope[] scopes)
    {
        using AwsSession session = Open(_cloud.Endpoint);
        return await new MetricReader(session, "fanout", "fanoutTargets").ReadAsync(scopes, range, Cancellation);
    }

    private async Task PublishAsync(string way, int minute, IReadOnlyList<MetricDatum> data)
    {
        _time.SetUtcNow(Start.AddMinutes(minute).AddSeconds(20));
        using var output = new MemoryStream();
        var log = new JsonLog(output, LogLevel.Info, _time);
        if (way == "emf")
        {
            await new EmfPublisher(log, _time).PublishAsync(data, Cancellation);
            string group = _cloud.Logs.CreateLogGroup("/aws/lambda/fanout").Arn;
            foreach (string line in System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _cloud.Logs.Write(group, "stream", line);
            }

            return;
        }

        using var client = new AmazonCloudWatchClient(TestTargets.Own, new AwsClientConfig(AmazonCloudWatchClient.Service, "us-east-1", _cloud.Endpoint));
        await new CloudWatchPublisher(client, log, _time).PublishAsync(data, Cancellation);
        Assert.Equal("", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    private static MetricDatum[] Of(string? source, string? destination, params (string Name, double Value)[] values)
    {
        KeyValuePair<string, string>[] dimensions =
        [
            .. new[] { ("Source", source), ("Destination", destination is null ? null : $"localhost:9200#{destination}"), ("Function", "fanout") }
                .Where(static d => d.Item2 is not null).Select(static d => KeyValuePair.Create(d.Item1, DimensionValue.Of(d.Item2!))),
        ];
        return [.. values.Select(v => new MetricDatum(v.Name, dimensions, v.Name == "Duration" ? "Milliseconds" : "Count", 1, v.Value, v.Value, v.Value))];
    }

    private static TargetRow Row(string source, string id, string destination, string type = "es") => new(
        new()
        {
            ["sourceArn"] = new AttributeValue(source),
            ["id"] = new AttributeValue(id),
            ["type"] = new AttributeValue(type),
            ["destination"] = new AttributeValue($"localhost:9200#{destination}"),
            ["active"] = new AttributeValue { BOOL = true },
        },
        "us-east-1", "fanout", "fanoutTargets");

    private static AwsSession Open(Uri endpoint) => OpenSession.Of(
        new SessionRequest { AccessKey = "AKIATEST000000000000", SecretKey = "secret", Region = "us-east-1", EndpointUrl = endpoint }, new CallLog(), TimeProvider.System);
}
