using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.CloudWatch;

public sealed class MetricQueriesTests : CloudTests
{
    private const string Range = "\"StartTime\":1795521600,\"EndTime\":1795522200";
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1795521600);

    [Theory]
    [InlineData("Sum", "15 4")]
    [InlineData("SampleCount", "4 1")]
    [InlineData("Average", "3.75 4")]
    [InlineData("Minimum", "1 4")]
    [InlineData("Maximum", "6 4")]
    [InlineData("p50", "2 4")]
    [InlineData("p100", "6 4")]
    public async Task A_statistic_sums_up_what_was_published_in_each_period(string statistic, string values)
    {
        await PublishAsync();

        Answer json = await JsonAsync("GetMetricData", $$$"""
            {{{{Range}}},"ScanBy":"TimestampAscending","MetricDataQueries":[{"Id":"q","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m",
            "Dimensions":[{"Name":"d","Value":"v"}]},"Period":300,"Stat":"{{{statistic}}}"}}]}
            """);
        Answer query = await QueryAsync(
            "GetMetricData",
            ("StartTime", "2026-11-24T12:00:00Z"),
            ("EndTime", "2026-11-24T12:10:00Z"),
            ("MetricDataQueries.member.1.Id", "q"),
            ("MetricDataQueries.member.1.MetricStat.Metric.Namespace", "n"),
            ("MetricDataQueries.member.1.MetricStat.Metric.MetricName", "m"),
            ("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name", "d"),
            ("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value", "v"),
            ("MetricDataQueries.member.1.MetricStat.Period", "300"),
            ("MetricDataQueries.member.1.MetricStat.Stat", statistic));

        JsonElement result = Assert.Single(json.Json.GetProperty("MetricDataResults").EnumerateArray());
        Assert.Equal(("q", "m", "Complete"), (Text(result, "Id"), Text(result, "Label"), Text(result, "StatusCode")));
        Assert.Equal(values, string.Join(' ', result.GetProperty("Values").EnumerateArray().Select(value => value.GetRawText())));
        Assert.Equal([1795521600, 1795521900], result.GetProperty("Timestamps").EnumerateArray().Select(time => time.GetInt64()));

        // Without ScanBy the newest comes first.
        Assert.Equal(values.Split(' ').Reverse(), Members(query, "Values"));
        Assert.Equal(["2026-11-24T12:05:00Z", "2026-11-24T12:00:00Z"], Members(query, "Timestamps"));
        Assert.Equal(("q", "m", "Complete"), (query.Xml("Id"), query.Xml("Label"), query.Xml("StatusCode")));
    }

    [Fact]
    public async Task A_page_has_no_more_values_than_asked_for_and_says_of_which_query_there_are_more()
    {
        await PublishAsync();
        string query = """{"Id":"NAME","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m","Dimensions":[{"Name":"d","Value":"v"}]},"Period":300,"Stat":"Sum"}}""";
        string request = $$"""{{{Range}},"MaxDatapoints":3,"MetricDataQueries":[{{query.Replace("NAME", "one", StringComparison.Ordinal)}},{{query.Replace("NAME", "two", StringComparison.Ordinal)}}]""";

        JsonElement first = (await JsonAsync("GetMetricData", request + "}")).Json;
        JsonElement second = (await JsonAsync("GetMetricData", $$"""{{request}},"NextToken":"{{Text(first, "NextToken")}}"}""")).Json;

        Assert.Equal(["one Complete [4,15]", "two PartialData [4]"], Results(first));
        Assert.Equal(["one Complete []", "two Complete [15]"], Results(second));
        Assert.False(second.TryGetProperty("NextToken", out _));

        static IEnumerable<string> Results(JsonElement page) => page.GetProperty("MetricDataResults").EnumerateArray()
            .Select(static r => $"{Text(r, "Id")} {Text(r, "StatusCode")} {r.GetProperty("Values").GetRawText()}");
    }

    [Fact]
    public async Task Lambda_counts_invocations_their_errors_and_how_long_they_took_and_what_it_refuses()
    {
        await using LambdaService lambda = new(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(lambda);
        lambda.Add("fanout", new TimedFunction(Time));
        Answer[] answers = [await InvokeAsync(), await InvokeAsync()];
        await Aws.SendAsync("lambda", HttpMethod.Put, "/2017-10-31/functions/fanout/concurrency", """{"ReservedConcurrentExecutions":0}"""u8.ToArray());
        answers = [.. answers, await InvokeAsync()];

        Assert.Equal([200, 200, 429], answers.Select(static a => a.Status));
        Assert.Equal((2, 1, 500, 1), (Sum("Invocations"), Sum("Errors"), Sum("Duration"), Sum("Throttles")));

        double Sum(string name) => Cloud.CloudWatch.Find("AWS/Lambda", name, ("FunctionName", "fanout")).Sum(static d => d.Sum);

        Task<Answer> InvokeAsync() => Aws.SendAsync("lambda", HttpMethod.Post, "/2015-03-31/functions/fanout/invocations", "{}"u8.ToArray());
    }

    [Fact]
    public async Task Statistics_come_as_datapoints_in_both_protocols()
    {
        await PublishAsync();

        Answer json = await JsonAsync("GetMetricStatistics", $$"""
            {{{Range}},"Namespace":"n","MetricName":"m","Dimensions":[{"Name":"d","Value":"v"}],"Period":60,"Statistics":["Sum","Maximum"],"ExtendedStatistics":["p50"]}
            """);
        Answer query = await QueryAsync(
            "GetMetricStatistics",
            ("StartTime", "2026-11-24T12:00:00Z"),
            ("EndTime", "2026-11-24T12:05:00Z"),
            ("Namespace", "n"),
            ("MetricName", "m"),
            ("Dimensions.member.1.Name", "d"),
            ("Dimensions.member.1.Value", "v"),
            ("Period", "300"),
            ("Statistics.member.1", "Sum"));

        Assert.Equal(
            """{"Label":"m","Datapoints":[{"Timestamp":1795521600,"Sum":15,"Maximum":6,"ExtendedStatistics":{"p50":2},"Unit":"Count"},{"Timestamp":1795521900,"Sum":4,"Maximum":4,"ExtendedStatistics":{"p50":4},"Unit":"Count"}]}""",
            json.Text);
        Assert.Equal(("2026-11-24T12:00:00Z", "15", "Count"), (query.Xml("Timestamp"), query.Xml("Sum"), query.Xml("Unit")));
    }

    [Fact]
    public async Task A_metric_is_another_one_with_other_dimensions_and_in_another_region()
    {
        await PublishAsync();
        using AwsHttp elsewhere = new(Cloud) { Region = "eu-west-1" };

        Assert.Equal("[]", (await StatisticsAsync(Aws, "")).GetRawText());
        Assert.Equal("[]", (await StatisticsAsync(Aws, """{"Name":"d","Value":"w"}""")).GetRawText());
        Assert.Equal("[]", (await StatisticsAsync(elsewhere, """{"Name":"d","Value":"v"}""")).GetRawText());
        Assert.Equal(2, (await StatisticsAsync(Aws, """{"Name":"d","Value":"v"}""")).GetArrayLength());

        async Task<JsonElement> StatisticsAsync(AwsHttp aws, string dimensions) => (await JsonAsync(
            "GetMetricStatistics",
            $$"""{{{Range}},"Namespace":"n","MetricName":"m","Dimensions":[{{dimensions}}],"Period":60,"Statistics":["Sum"]}""",
            aws)).Json.GetProperty("Datapoints");
    }

    [Fact]
    public async Task Metrics_are_listed_once_each_by_namespace_name_and_dimension()
    {
        await PublishAsync();
        await JsonAsync("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"other","Value":1}]}""");

        Answer all = await JsonAsync("ListMetrics", """{"Namespace":"n"}""");
        Answer one = await QueryAsync("ListMetrics", ("Dimensions.member.1.Name", "d"));

        Assert.Equal(
            """{"Metrics":[{"Namespace":"n","MetricName":"m","Dimensions":[{"Name":"d","Value":"v"}]},{"Namespace":"n","MetricName":"other","Dimensions":[]}]}""",
            all.Text);
        Assert.Equal(("m", "v"), (one.Xml("MetricName"), one.Xml("Value")));
        Assert.DoesNotContain("other", one.Text, StringComparison.Ordinal);
        Assert.Equal("""{"Metrics":[]}""", (await JsonAsync("ListMetrics", """{"MetricName":"none"}""")).Text);
    }

    [Theory]
    [InlineData("\"Period\":60,\"Statistics\":[]", "InvalidParameterCombinationException")]
    [InlineData("\"Period\":61,\"Statistics\":[\"Sum\"]", "InvalidParameterValueException")]
    [InlineData("\"Period\":60,\"Statistics\":[\"Median\"]", "InvalidParameterValueException")]
    [InlineData("\"Period\":60,\"Statistics\":[\"Sum\"],\"EndTime\":1795521600", "InvalidParameterValueException")]
    [InlineData("\"Period\":60,\"Statistics\":[\"Sum\"],\"EndTime\":1795608060", "InvalidParameterCombinationException")]
    [InlineData("\"Statistics\":[\"Sum\"]", "MissingRequiredParameterException")]
    public async Task What_cannot_be_answered_is_refused(string request, string error)
    {
        string range = request.Contains("EndTime", StringComparison.Ordinal) ? "\"StartTime\":1795521600" : Range;

        Answer answer = await JsonAsync("GetMetricStatistics", $$"""{{{range}},"Namespace":"n","MetricName":"m",{{request}}}""");

        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_mapping_tells_how_old_its_records_were_when_they_were_sent()
    {
        await using LambdaService lambda = new(LambdaServiceOptions.Of(Cloud));
        lambda.Add("fanout", new RecordingFunction());
        var stream = Cloud.Kinesis.CreateStream("orders");
        stream.Put("k", "1"u8.ToArray());
        Time.Advance(TimeSpan.FromSeconds(7));

        await using var mapping = lambda.CreateEventSourceMapping(stream.Arn, "fanout:live", new());
        await mapping.WhenIdleAsync(Cancellation);

        long now = Time.GetUtcNow().ToUnixTimeSeconds();
        foreach (string dimensions in (string[])["""{"Name":"FunctionName","Value":"fanout"}""", """{"Name":"FunctionName","Value":"fanout"},{"Name":"Resource","Value":"fanout:live"}"""])
        {
            Answer answer = await JsonAsync(
                "GetMetricStatistics",
                $$"""{"StartTime":{{now - 60}},"EndTime":{{now + 60}},"Namespace":"AWS/Lambda","MetricName":"IteratorAge","Dimensions":[{{dimensions}}],"Period":300,"Statistics":["Maximum"]}""");
            JsonElement datapoint = Assert.Single(answer.Json.GetProperty("Datapoints").EnumerateArray());
            Assert.Equal((7000, "Milliseconds"), (datapoint.GetProperty("Maximum").GetDouble(), Text(datapoint, "Unit")));
        }
    }

    private async Task PublishAsync()
    {
        string[] data =
        [
            Datum(0, "\"Values\":[1,2],\"Counts\":[1,1]"), Datum(59, "\"StatisticValues\":{\"SampleCount\":2,\"Sum\":12,\"Minimum\":6,\"Maximum\":6}"),
            Datum(300, "\"Value\":4"), Datum(600, "\"Value\":9"), Datum(-1, "\"Value\":9"),
        ];
        Assert.Null((await JsonAsync("PutMetricData", $$"""{"Namespace":"n","MetricData":[{{string.Join(',', data)}}]}""")).Error);

        static string Datum(int seconds, string values) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"MetricName":"m","Dimensions":[{"Name":"d","Value":"v"}],"Timestamp":{{Start.AddSeconds(seconds).ToUnixTimeSeconds()}},"Unit":"Count",{{values}}}""");
    }

    private Task<Answer> JsonAsync(string operation, string body, AwsHttp? aws = null) =>
        (aws ?? Aws).JsonAsync("monitoring", $"GraniteServiceVersion20100801.{operation}", body, "1.0");

    private Task<Answer> QueryAsync(string action, params (string Name, string Value)[] parameters) =>
        Aws.QueryAsync("monitoring", [("Action", action), .. parameters]);

    private static IEnumerable<string> Members(Answer answer, string list) =>
        XDocument.Parse(answer.Text).Descendants().Single(element => element.Name.LocalName == list).Elements().Select(element => element.Value);

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();

    /// <summary>Takes a quarter of a second each time, and fails from the second time on.</summary>
    private sealed class TimedFunction(Microsoft.Extensions.Time.Testing.FakeTimeProvider time) : IFunctionInvoker
    {
        private bool _again;

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            var result = new InvocationResult("r", "{}"u8.ToArray(), _again ? "Unhandled" : null);
            _again = true;
            return Task.FromResult(result);
        }
    }
}
