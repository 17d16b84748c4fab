using FanOut.Views;

namespace FanOut.Tests.Views;

public sealed class MetricScreenTests
{
    private static readonly DateTime Start = new(2026, 11, 28, 9, 0, 0, DateTimeKind.Local);

    [Fact]
    public void What_is_in_trouble_comes_first_in_its_group_under_the_time_and_the_period()
    {
        FanOutMetric[] metrics = [Metric("calm", 12_345_678, 0, 0), Metric("failing", 3, 7, 0), Metric("buried", 3, 0, 9), Metric("other", 1, 0, 0, "arn:aws:sns:us-east-1:123456789012:news")];

        IReadOnlyList<string> lines = MetricScreen.Lines(metrics, new DateTimeOffset(Start.AddHours(1)), TimeSpan.FromSeconds(30), null);

        Assert.Equal(
            [
                "10:00:00 us-east-1, by 30 minutes, again in 30 seconds. Ctrl+C ends it.",
                "",
                "   Function: fanout, Source: orders, 09:00 to 10:00",
                "",
                "Target           Delivered   Failed     Dead Filtered Duration Trend",
                "------           ---------   ------     ---- -------- -------- -----",
                "failing                  3        7        0        2      5ms (trend)",
                "buried                   3        0        9        2      5ms (trend)",
                "calm                 12.3M        0        0        2      5ms (trend)",
                "",
                "   Function: fanout, Source: news, 09:00 to 10:00",
                "",
                "Target           Delivered   Failed     Dead Filtered Duration Trend",
                "------           ---------   ------     ---- -------- -------- -----",
                "other                    1        0        0        2      5ms (trend)",
            ],
            lines.Select(static l => l.EndsWith("ms █·", StringComparison.Ordinal) || l.EndsWith("ms #.", StringComparison.Ordinal) ? l[..^2] + "(trend)" : l));
        Assert.All(lines, static l => Assert.True(l.Length <= 80));
    }

    [Fact]
    public void Rows_keep_their_places_when_others_have_more_trouble_than_before()
    {
        string[] Order(long one, long other) =>
            [.. MetricScreen.Lines([Metric("calm", 5, 0, 0), Metric("one", 5, one, 0), Metric("other", 5, other, 0)], new DateTimeOffset(Start), TimeSpan.FromSeconds(30), null).Skip(6).Select(static l => l.Split(' ')[0])];

        Assert.Equal(["one", "other", "calm"], Order(1, 9));
        Assert.Equal(Order(1, 9), Order(9, 1));
    }

    [Theory]
    [InlineData(60, "1 minute")]
    [InlineData(30, "30 seconds")]
    [InlineData(1.5, "1.5 seconds")]
    [InlineData(5_400, "90 minutes")]
    [InlineData(3_600, "1 hour")]
    [InlineData(172_800, "2 days")]
    public void Durations_have_words(double seconds, string text) => Assert.Equal(text, MetricText.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.4, "0ms")]
    [InlineData(999.6, "1.0s")]
    [InlineData(60_000, "60.0s")]
    [InlineData(99_960, "2min")]
    [InlineData(7_200_000, "2h")]
    [InlineData(864_000_000, "10d")]
    public void Durations_are_short(double milliseconds, string text) => Assert.Equal(text, MetricText.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(9_999_999, "9999999")]
    [InlineData(10_000_000, "10.0M")]
    [InlineData(9_999_900_000, "9999.9M")]
    [InlineData(10_000_000_000, "10.0G")]
    public void Counts_are_short(long number, string text) => Assert.Equal(text, MetricText.Number(number));

    private static FanOutMetric Metric(string id, long delivered, long failed, long buried, string source = "arn:aws:kinesis:us-east-1:123456789012:stream/orders") => new()
    {
        Scope = "Target",
        Id = id,
        SourceArn = source,
        Source = source.EndsWith("news", StringComparison.Ordinal) ? "news" : "orders",
        StartTime = Start,
        EndTime = Start.AddHours(1),
        Period = TimeSpan.FromMinutes(30),
        Points =
        [
            new() { Time = Start, Delivered = delivered, Failed = failed, DeadLettered = buried, Filtered = 2, Batches = 2, TotalDuration = TimeSpan.FromMilliseconds(10) },
            new() { Time = Start.AddMinutes(30) },
        ],
        FunctionName = "fanout",
        TableName = "fanoutTargets",
        Region = "us-east-1",
    };
}
