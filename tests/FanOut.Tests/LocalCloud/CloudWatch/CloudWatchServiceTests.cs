using System.Globalization;
using System.IO.Compression;
using System.Text;
using FanOut.LocalCloud.CloudWatch;

namespace FanOut.Tests.LocalCloud.CloudWatch;

public sealed class CloudWatchServiceTests : CloudTests
{
    private const string Statistics =
        """{"Namespace":"Custom/FanOut","MetricData":[{"MetricName":"Records","Dimensions":[{"Name":"Function","Value":"f"}],"StatisticValues":{"SampleCount":2,"Sum":10,"Minimum":4,"Maximum":6},"Unit":"Count","Timestamp":1795521600}]}""";

    [Fact]
    public async Task The_Query_protocol_is_read()
    {
        Answer answer = await Aws.QueryAsync(
            "monitoring",
            ("Action", "PutMetricData"),
            ("Namespace", "Custom/FanOut"),
            ("MetricData.member.1.MetricName", "Records"),
            ("MetricData.member.1.Dimensions.member.1.Name", "Source"),
            ("MetricData.member.1.Dimensions.member.1.Value", "arn:aws:kinesis"),
            ("MetricData.member.1.Values.member.1", "2"),
            ("MetricData.member.1.Values.member.2", "3.5"),
            ("MetricData.member.1.Counts.member.1", "1"),
            ("MetricData.member.1.Counts.member.2", "4"),
            ("MetricData.member.2.MetricName", "Records"),
            ("MetricData.member.2.Value", "7"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(16, Assert.Single(Cloud.CloudWatch.Find("Custom/FanOut", "Records", ("Source", "arn:aws:kinesis"))).Sum);
        Assert.Equal(7, Assert.Single(Cloud.CloudWatch.Find("Custom/FanOut", "Records")).Sum);
    }

    [Fact]
    public async Task The_JSON_protocol_is_read_plain_and_compressed()
    {
        Answer plain = await Json(Encoding.UTF8.GetBytes(Statistics));
        Answer compressed = await Json(Gzip(Statistics), "gzip");

        Assert.Equal((200, 200), (plain.Status, compressed.Status));
        Assert.All(Cloud.CloudWatch.Find("Custom/FanOut", "Records", ("Function", "f")), datum => Assert.Equal(new MetricStatistics(2, 10, 4, 6), datum.Statistics));
        Assert.Equal(2, Cloud.CloudWatch.Received.Count);
    }

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, "InvalidParameterValueException")]
    public async Task A_call_takes_1_000_metrics(int count, string? error)
    {
        string data = string.Join(',', Enumerable.Repeat("""{"MetricName":"m","Value":1}""", count));

        Answer answer = await Json(Encoding.UTF8.GetBytes($$"""{"Namespace":"n","MetricData":[{{data}}]}"""));

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? count : 0, Cloud.CloudWatch.Received.Count);
        Assert.Equal(error is null ? null : "InvalidParameterValue;Sender", answer.Headers.GetValueOrDefault("x-amzn-query-error"));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task A_call_takes_1_MB_on_the_wire(int more, int status)
    {
        byte[] body = Encoding.UTF8.GetBytes(Statistics + new string(' ', 1_000_000 - Statistics.Length + more));

        Assert.Equal(status, (await Json(body)).Status);
        Assert.Equal(200, (await Json(Gzip(Encoding.UTF8.GetString(body)), "gzip")).Status);
    }

    [Theory]
    [InlineData("""{"MetricData":[]}""", "MissingRequiredParameterException")]
    [InlineData("""{"Namespace":"n","MetricData":[{"MetricName":"m"}]}""", "MissingRequiredParameterException")]
    [InlineData("""{"Namespace":"n","MetricData":[{"MetricName":"m","Values":[1,2],"Counts":[1]}]}""", "InvalidParameterValueException")]
    [InlineData("""{"Namespace":"n","MetricData":[{"MetricName":"m","Value":1,"Dimensions":[{"Name":"d","Value":""}]}]}""", "InvalidParameterValueException")]
    public async Task What_is_missing_or_wrong_is_named(string body, string error)
    {
        Assert.Equal(error, (await Json(Encoding.UTF8.GetBytes(body))).Error);
    }

    [Fact]
    public async Task Values_are_at_most_150()
    {
        string values = string.Join(',', Enumerable.Range(0, 151).Select(i => i.ToString(CultureInfo.InvariantCulture)));

        Answer answer = await Json(Encoding.UTF8.GetBytes($$"""{"Namespace":"n","MetricData":[{"MetricName":"m","Values":[{{values}}]}]}"""));

        Assert.Equal("InvalidParameterValueException", answer.Error);
    }

    private Task<Answer> Json(byte[] body, string? encoding = null) => Aws.SendAsync(
        "monitoring",
        HttpMethod.Post,
        "/",
        body,
        "application/x-amz-json-1.0",
        request =>
        {
            request.Headers.Add("X-Amz-Target", "GraniteServiceVersion20100801.PutMetricData");
            if (encoding is not null)
            {
                request.Content!.Headers.ContentEncoding.Add(encoding);
            }
        });

    private static byte[] Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
