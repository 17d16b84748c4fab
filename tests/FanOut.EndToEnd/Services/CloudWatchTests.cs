using System.Xml.Linq;
using FanOut.Aws.CloudWatch;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class CloudWatchTests(MotoServer moto)
{
    private static readonly DateTimeOffset Taken = new(2026, 11, 1, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statistics_are_read_back_with_their_dimensions_and_unit()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonCloudWatchClient client = new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchClient.Service, endpoint));

        await client.PutMetricDataAsync(
            new()
            {
                Namespace = "Tests/FanOut",
                Timestamp = Taken,
                MetricData =
                [
                    new("Records", [new("Source", "s"), new("Destination", "d é/:"), new("Function", "f")], "Count", 3, 6.5, 1, 4.25),
                    new("Duration", [new("Function", "f")], "Milliseconds", 1, 12.125, 12.125, 12.125),
                ],
            },
            Cancellation);

        using ServiceApi api = new(endpoint);
        Assert.Equal(
            ("3", "6.5", "1", "4.25", "Count"),
            await ReadAsync(api, "Records", ("Source", "s"), ("Destination", "d é/:"), ("Function", "f")));
        Assert.Equal(("1", "12.125", "12.125", "12.125", "Milliseconds"), await ReadAsync(api, "Duration", ("Function", "f")));
    }

    [Fact]
    public async Task Values_are_read_back_period_by_period()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonCloudWatchClient client = new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchClient.Service, endpoint));
        foreach (int minute in new[] { 0, 2 })
        {
            await client.PutMetricDataAsync(
                new()
                {
                    Namespace = "Tests/Read",
                    Timestamp = Taken.AddMinutes(minute),
                    MetricData = [new("Records", [new("Source", "s é")], "Count", 2, 6.5 + minute, 1, 5.5)],
                },
                Cancellation);
        }

        GetMetricDataResponse response = await client.GetMetricDataAsync(
            new()
            {
                MetricDataQueries = [Query("sums", "Sum"), Query("greatest", "Maximum")],
                StartTime = new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc),
                EndTime = new DateTime(2026, 11, 1, 12, 5, 0, DateTimeKind.Utc),
                ScanBy = "TimestampAscending",
            },
            Cancellation);

        Assert.Equal(["sums", "greatest"], response.MetricDataResults!.Select(result => result.Id));
        Assert.Equal([6.5, 8.5], response.MetricDataResults![0].Values!);
        Assert.Equal([5.5, 5.5], response.MetricDataResults[1].Values!);
        Assert.Equal(
            [new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc), new(2026, 11, 1, 12, 2, 0, DateTimeKind.Utc)], response.MetricDataResults[0].Timestamps!);
        Assert.Null(response.NextToken);

        static MetricDataQuery Query(string id, string statistic) => new()
        {
            Id = id,
            MetricStat = new()
            {
                Metric = new() { Namespace = "Tests/Read", MetricName = "Records", Dimensions = [new() { Name = "Source", Value = "s é" }] },
                Period = 60,
                Stat = statistic,
            },
        };
    }

    [Fact]
    public async Task Metrics_are_listed_by_name_and_dimension()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonCloudWatchClient client = new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchClient.Service, endpoint));
        await client.PutMetricDataAsync(
            new()
            {
                Namespace = "Tests/List",
                Timestamp = Taken,
                MetricData =
                [
                    new("Records", [new("Source", "s"), new("Destination", "d"), new("Function", "f")], "Count", 1, 1, 1, 1),
                    new("Records", [new("Source", "s"), new("Destination", "d"), new("Function", "g")], "Count", 1, 1, 1, 1),
                    new("Delivered", [new("Source", "s"), new("Destination", "d"), new("Function", "f")], "Count", 1, 1, 1, 1),
                ],
            },
            Cancellation);

        ListMetricsResponse response = await client.ListMetricsAsync(
            new() { Namespace = "Tests/List", MetricName = "Records", Dimensions = [new() { Name = "Function", Value = "f" }] }, Cancellation);

        Metric metric = Assert.Single(response.Metrics!);
        Assert.Equal("Destination=d Function=f Source=s", string.Join(' ', metric.Dimensions!.Select(static d => $"{d.Name}={d.Value}").Order(StringComparer.Ordinal)));
        Assert.Null(response.NextToken);
    }

    private static async Task<(string Count, string Sum, string Minimum, string Maximum, string Unit)> ReadAsync(
        ServiceApi api, string metric, params (string Name, string Value)[] dimensions)
    {
        XElement answer = await api.QueryAsync(
            "monitoring", "2010-08-01", "GetMetricStatistics",
            [
                ("Namespace", "Tests/FanOut"), ("MetricName", metric), ("Period", "60"),
                ("StartTime", "2026-11-01T12:00:00Z"), ("EndTime", "2026-11-01T12:01:00Z"),
                ("Statistics.member.1", "SampleCount"), ("Statistics.member.2", "Sum"),
                ("Statistics.member.3", "Minimum"), ("Statistics.member.4", "Maximum"),
                .. dimensions.SelectMany((dimension, index) => new[]
                {
                    ($"Dimensions.member.{index + 1}.Name", dimension.Name), ($"Dimensions.member.{index + 1}.Value", dimension.Value),
                }),
            ]);
        XElement point = Assert.Single(answer.Descendants(), element => element.Name.LocalName == "member");
        return (Number("SampleCount"), Number("Sum"), Number("Minimum"), Number("Maximum"), Text("Unit"));

        string Text(string name) => Assert.Single(point.Elements(), element => element.Name.LocalName == name).Value;
        string Number(string name) => $"{decimal.Parse(Text(name), System.Globalization.CultureInfo.InvariantCulture):0.###}";
    }
}
